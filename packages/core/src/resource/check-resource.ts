import { ScimError } from '../scim-error.js'
import type { StandardIssue } from '../standard-schema.js'
import type { ResourceValidators } from '../validation/validation-part.js'
import type { ResourceDefinition } from './resource-definition.js'

/**
 * Checks a resource by the definition's validator and returns what the validator made of it.
 *
 * @param definition Definition with validators.
 * @param resource Resource in schema spelling.
 * @param use `create` and `replace` for bodies, `resource` for responses.
 * @param passesOver Tells which issues are not faults; none when absent.
 * @returns The checked resource: without what the use drops, with `schemas` filled in. Where issues were ignored, the
 * resource as it was given.
 * @throws {ScimError} 400 `invalidValue` that names the first attribute at fault.
 * @throws {TypeError} When the definition has no validators.
 */
export function checkResource(
  definition: ResourceDefinition,
  resource: unknown,
  use: keyof ResourceValidators,
  passesOver?: (issue: StandardIssue) => boolean,
): Readonly<Record<string, unknown>> {
  const result = requireValidators(definition)[use]['~standard'].validate(resource)
  if (result instanceof Promise) throw new TypeError(`The validators of ${definition.name} must be synchronous`)
  if (!result.issues) return result.value as Readonly<Record<string, unknown>> // validators of resources answer objects
  const first = passesOver ? result.issues.find((issue) => !passesOver(issue)) : result.issues[0]
  if (first || !passesOver) throw toScimError(first, result.issues)
  return resource as Readonly<Record<string, unknown>> // whoever passes over issues knows that it is an object
}

/**
 * Gives the validators of a definition, or says why there are none.
 *
 * @param definition Definition that is about to validate.
 * @returns Its validators.
 * @throws {TypeError} When the definition, or an extension of it, comes from `@scimkit/core/schema`.
 */
export function requireValidators(definition: ResourceDefinition): ResourceValidators {
  if (definition.validators) return definition.validators
  throw new TypeError(
    `${definition.name} has no validators: take it and its extensions from @scimkit/core, not from @scimkit/core/schema`,
  )
}

function toScimError(first: StandardIssue | undefined, issues: readonly StandardIssue[]): ScimError {
  const path = attributePathOf(first?.path ?? [])
  const message = first ? messageOf(first) : 'The resource is invalid'
  const detail = path === '' ? message : `${path}: ${message}`
  return new ScimError(400, detail, { scimType: 'invalidValue', cause: issues })
}

/** A validator speaks of arrays and objects, SCIM of lists and complex values. */
function messageOf(issue: StandardIssue): string {
  const { expected } = issue as { readonly expected?: unknown } // zod says what it expected; others need not
  if (expected === 'array') return 'must be a list'
  return expected === 'object' ? 'must be an object with sub-attributes' : issue.message
}

/**
 * Writes the path of an issue as an attribute path; positions in lists are left out.
 *
 * @param path Path of a Standard Schema issue.
 * @returns Such as `name.givenName` or `urn:…:User:manager.value`; empty for the resource itself.
 */
export function attributePathOf(path: NonNullable<StandardIssue['path']>): string {
  const names = path.map((segment) => (typeof segment === 'object' ? segment.key : segment))
  const [first = '', ...rest] = names.filter((name) => typeof name === 'string')
  if (rest.length === 0) return first
  return `${first}${first.includes(':') ? ':' : '.'}${rest.join('.')}`
}
