/**
 * Compares two texts by code point, the order of every sorted response and of `gt`, `ge`, `lt`, `le`.
 *
 * JavaScript's own `<` compares UTF-16 units and puts U+E000 to U+FFFF behind the supplementary planes.
 *
 * @param left Any text.
 * @param right Any text.
 * @returns A negative number, zero or a positive number, as `Array.prototype.sort` expects it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.3
 */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b) return codePointRank(a) - codePointRank(b)
  }
  return left.length - right.length
}

/** Moves surrogates behind all other units: where two texts differ, a surrogate stands for a higher code point. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
