import { isObject } from '@scimkit/core/internal'
import { client } from './client-plugin.js'
import type { CodegenPlugin } from './codegen-plugin.js'
import { docs } from './docs-plugin.js'
import { openapi } from './openapi-plugin.js'
import { samples } from './samples-plugin.js'
import { types } from './types-plugin.js'
import { zod } from './zod-plugin.js'

const builtIn = { types, zod, client, openapi, samples, docs }

/** Name of a plug-in that codegen brings along. */
export type PluginName = keyof typeof builtIn

/** Names of the plug-ins that codegen brings along. */
export const pluginNames: readonly PluginName[] = Object.keys(builtIn) as PluginName[] // its own keys

/** Plug-ins of a run that asks for none. */
export const defaultPlugins: readonly PluginName[] = ['types', 'zod']

/** Wrong plug-ins; the message is one sentence that names the place. */
export class PluginShapeError extends TypeError {}

/**
 * Finds the plug-ins of a run.
 *
 * @param given Names of codegen's own, or plug-ins, in their order.
 * @returns The plug-ins.
 * @throws {PluginShapeError} When one is not a plug-in, is listed twice, or needs another one that is missing.
 */
export function choosePlugins(given: readonly (PluginName | CodegenPlugin)[]): readonly CodegenPlugin[] {
  const plugins = given.map((item, position) => choose(item, `plugins[${position}]`))
  const names = plugins.map(({ name }) => name)
  for (const [position, { name, needs = [] }] of plugins.entries()) {
    if (names.indexOf(name) < position) {
      throw new PluginShapeError(`plugins[${position}]: there are two plug-ins called ${name}; remove one of them`)
    }
    const missing = needs.find((need) => !names.includes(need))
    if (missing !== undefined) {
      throw new PluginShapeError(`plugins[${position}]: the plug-in ${name} needs ${missing}; list it as well`)
    }
  }
  return plugins
}

function choose(item: unknown, place: string): CodegenPlugin {
  if (typeof item === 'string') {
    if (Object.hasOwn(builtIn, item)) return builtIn[item as PluginName]() // has just been looked up
    throw new PluginShapeError(`${place}: the plug-in ${item} is not known; write one of ${pluginNames.join(', ')}`)
  }
  if (typeof item === 'function') {
    throw new PluginShapeError(`${place} is a function; call it, as in ${item.name || 'plugin'}()`)
  }
  if (!isObject(item)) {
    throw new PluginShapeError(`${place} is not a plug-in; give a name or an object with name and emit`)
  }
  const { name, needs, emit } = item
  if (typeof name !== 'string' || name === '')
    throw new PluginShapeError(`${place} has no name; give it a string as "name"`)
  if (typeof emit !== 'function') {
    throw new PluginShapeError(
      `${place}: the plug-in ${name} has no function "emit"; add emit(model) that returns files`,
    )
  }
  if (needs !== undefined && !(Array.isArray(needs) && needs.every((need) => typeof need === 'string'))) {
    throw new PluginShapeError(`${place}: "needs" of the plug-in ${name} is not a list of names; write one`)
  }
  return item as object as CodegenPlugin // its members have just been checked
}
