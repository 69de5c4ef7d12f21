import { headerLine } from '../emit/header-line.js'
import { importLine } from '../emit/import-text.js'
import { lineWidth, propertyName } from '../emit/source-text.js'
import type { CodegenModel, ResourceToEmit } from '../model/codegen-model.js'
import type { CodegenPlugin } from './codegen-plugin.js'

/**
 * Makes the plug-in that writes `createClient`: the typed client with the definitions of every resource type.
 *
 * @returns The plug-in `client`.
 */
export function client(): CodegenPlugin {
  return {
    name: 'client',
    needs: ['types'],
    emit(model) {
      if (model.resources.length === 0) {
        throw new TypeError('there is no resource type; add a ResourceType document, such as that of User')
      }
      const text = headerLine(undefined, model.command) + emitClient(model)
      const exports = { types: ['ServiceClient', 'ServiceClientOptions'], values: ['createClient', 'resources'] }
      return [{ path: 'client.gen.ts', text, exports }]
    },
  }
}

function emitClient({ resources, plugins }: CodegenModel): string {
  const names = nameResources(resources)
  const ending = plugins.includes('zod') ? 'resource' : 'definition'
  const modules = resources.map(({ resource: { file, value } }) => importLine([value], `./${file}.${ending}.gen.js`))
  const fields = names.map(([name, value]) => `  readonly ${propertyName(name)}: typeof ${value}\n`)
  const members = names.map(([name, value]) => `${propertyName(name)}: ${value}`)
  return `${importLine(['createScimClient', 'type ScimClient', 'type ScimClientOptions'], '@scimkit/client')}${modules
    .toSorted()
    .join('')}
/** Definitions of the service's resource types, by the names that the client gives them. */
export const resources: {
${fields.join('')}} = ${objectText(members)}

/** Client of the service. */
export type ServiceClient = ScimClient<typeof resources>

/** Options of {@link createClient}. */
export type ServiceClientOptions = Omit<ScimClientOptions<typeof resources>, 'resources'>

/**
 * Creates the client of the service.
 *
 * @param options Address, credentials and limits.
 * @returns The client with a member for each resource type.
 */
export function createClient(options: ServiceClientOptions): ServiceClient {
  return createScimClient({ ...options, resources })
}
`
}

/** Names of the members by resource type: the last part of its endpoint, such as `users`. */
function nameResources(resources: readonly ResourceToEmit[]): readonly (readonly [string, string])[] {
  const taken = new Set(takenByClient)
  return resources.map(({ resourceType, resource }) => {
    const last = resourceType.endpoint.split('/').at(-1) ?? ''
    const name = last.charAt(0).toLowerCase() + last.slice(1)
    for (let number = 1; ; number++) {
      const free = number === 1 ? name : `${name}${number}`
      if (taken.has(free)) continue
      taken.add(free)
      return [free, resource.value] as const
    }
  })
}

/** Members that every client has, and `then`, which would make a promise of it. */
const takenByClient = ['discover', 'bulk', 'me', 'request', 'then', '__proto__']

function objectText(members: readonly string[]): string {
  const line = `{ ${members.join(', ')} }`
  return line.length + 4 <= lineWidth ? line : `{\n${members.map((member) => `  ${member},\n`).join('')}}`
}
