const ascii = /^[\0-\x7f]*$/

/**
 * Folds text so that strings which differ only by case become equal: Unicode full case folding, then NFC.
 *
 * It is the only folding of text in scimkit: comparison, uniqueness and every stored folded column use it.
 *
 * @param text Any text.
 * @returns The folded text; folding it again changes nothing.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-5
 */
export function foldCase(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : foldUnicode(text)
}

function foldUnicode(text: string): string {
  // Upper case expands what full folding expands (ß to ss), lower case before it what has no other upper case (ẞ to ß).
  // Two letters need care: the dotless ı folds to itself although its upper case is I, and a final ς folds to σ.
  return text
    .normalize('NFD')
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı')
    .normalize('NFC')
}
