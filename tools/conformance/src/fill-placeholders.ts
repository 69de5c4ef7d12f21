import { isObject } from '@scimkit/core/internal'

const placeholder = /\{\{(\w+)\}\}/g

/** Values of placeholders by name. */
export type Captured = ReadonlyMap<string, string>

/**
 * Puts captured values in the place of `{{name}}`, in texts at any depth and in member names.
 *
 * Names that nothing was captured for are left as they are: they may be words of the matcher, such as `{{any}}`.
 *
 * @param value Any JSON value.
 * @param captured Values by name.
 * @returns A copy with the values filled in.
 */
export function fillPlaceholders<T>(value: T, captured: Captured): T
export function fillPlaceholders(value: unknown, captured: Captured): unknown {
  if (typeof value === 'string') return value.replace(placeholder, (whole, name: string) => captured.get(name) ?? whole)
  if (Array.isArray(value)) return value.map((element) => fillPlaceholders(element, captured))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [fillPlaceholders(key, captured), fillPlaceholders(member, captured)]),
  )
}
