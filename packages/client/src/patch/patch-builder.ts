import { subAttributeIndex } from '@scimkit/core/internal'
import { findAttribute, type InferPaths, type PatchOperation, type ResourceDefinition } from '@scimkit/core/schema'
import { attributesOf, type PatchPath, parsePath, stringifyFilter } from '@scimkit/filter-parser'

/** A path's own type, taken late: without it the compiler works through all paths at each call. */
export type Settable<V> = [V] extends [infer T] ? T : never

/** Changes that a PATCH request makes, in their order. */
export interface Patch {
  readonly operations: readonly PatchOperation[]
}

/**
 * Builds the changes of a PATCH request. Every method returns a new builder; this one stays as it is.
 *
 * @typeParam W Paths that may be named, with the types they take.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export interface PatchBuilder<W> extends Patch {
  /** Adds a value: to a list, or into a complex attribute; a simple one is replaced. */
  add<P extends keyof W & string>(path: P, value: Settable<W[P]>): PatchBuilder<W>
  /** Replaces a value; `null` unassigns. */
  replace<P extends keyof W & string>(path: P, value: Settable<W[P]> | null): PatchBuilder<W>
  /** Unassigns an attribute, or takes the elements out that a filter in brackets selects. */
  remove<P extends keyof W & string>(path: P): PatchBuilder<W>
  /** Adds members to a group by their ids; ids that are members already are ignored. */
  addMember: 'members' extends keyof W ? (...ids: readonly [string, ...string[]]) => PatchBuilder<W> : never
  /** Takes members out of a group by their ids; ids that are not members are ignored. */
  removeMember: 'members' extends keyof W ? (...ids: readonly [string, ...string[]]) => PatchBuilder<W> : never
}

/** Paths of a definition that a patch may name; any text without a definition. */
export type PatchPathsOf<D> = D extends { readonly '~types'?: unknown }
  ? InferPaths<D> extends { readonly write: infer W }
    ? W
    : Record<string, unknown>
  : Record<string, unknown>

/**
 * Creates a builder without changes.
 *
 * @param definition Definition that checks the paths; without it any path that can be parsed is taken.
 * @returns The builder; its types are put on by the caller.
 */
export function createPatchBuilder(definition: ResourceDefinition | undefined): PatchBuilder<Record<string, unknown>> {
  return extend(definition, undefined)
}

/** The last change and those before it: adding one costs the same however many there are. */
interface Change {
  readonly before: Change | undefined
  readonly operation: PatchOperation
}

function extend(
  definition: ResourceDefinition | undefined,
  last: Change | undefined,
): PatchBuilder<Record<string, unknown>> {
  const push = (operation: PatchOperation) => extend(definition, { before: last, operation })
  const change = (op: 'add' | 'replace') => (path: string, value: unknown) => {
    checkPath(definition, path)
    if (value === undefined) throw new TypeError(`${op} of ${path} needs a value; null unassigns, and so does remove`)
    return push({ op, path, value })
  }
  return {
    get operations() {
      const operations: PatchOperation[] = []
      for (let at = last; at; at = at.before) operations.push(at.operation)
      return operations.reverse()
    },
    add: change('add'),
    replace: change('replace'),
    remove(path) {
      checkPath(definition, path)
      return push({ op: 'remove', path })
    },
    addMember(...ids) {
      checkPath(definition, 'members')
      return push({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) })
    },
    removeMember(...ids) {
      checkPath(definition, 'members')
      return ids.reduce<PatchBuilder<Record<string, unknown>>>(
        (builder, id) => builder.remove(`members[value eq ${JSON.stringify(id)}]`),
        extend(definition, last),
      )
    },
  }
}

function checkPath(definition: ResourceDefinition | undefined, text: string): void {
  if (!definition) return void parsePath(text)
  const schemas = [definition.schema.id, ...definition.extensions.map(({ extension }) => extension.urn)]
  const path = parsePath(text, { schemas })
  const target = findAttribute(definition, path)
  if (!target) throw new TypeError(`${definition.name} has no attribute ${text}`)
  const { attribute, subAttribute } = target
  if (attribute?.mutability === 'readOnly' || subAttribute?.mutability === 'readOnly') {
    throw new TypeError(`${text} is readOnly; only the service provider writes it`)
  }
  if (path.filter && attribute) checkBrackets(definition, path, path.filter, text)
}

function checkBrackets(
  definition: ResourceDefinition,
  path: PatchPath,
  filter: NonNullable<PatchPath['filter']>,
  text: string,
): void {
  const attribute = findAttribute(definition, { ...path, subAttribute: undefined })?.attribute
  if (!attribute?.multiValued)
    throw new TypeError(`${path.name} in ${text} has one value, so no brackets can follow it`)
  for (const { name } of attributesOf(filter)) {
    const known = attribute.type === 'complex' ? subAttributeIndex(attribute).has(name.toLowerCase()) : name === 'value'
    if (!known)
      throw new TypeError(`${attribute.name} has no sub-attribute ${name}, asked for in ${stringifyFilter(filter)}`)
  }
}
