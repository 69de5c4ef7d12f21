import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase } from './fold-case.js'

const everyCharacter: readonly string[] = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))

/** Characters that have case at all; the others fold to their NFC form. */
const casedCharacters = everyCharacter.filter((character) => /\p{Changes_When_Casemapped}/u.test(character))

describe('foldCase', () => {
  it.each([
    { name: 'ASCII', given: 'Ada.Lovelace@Example.COM', want: 'ada.lovelace@example.com' },
    { name: 'accents', given: 'ÉCOLE', want: 'école' },
    { name: 'a decomposed accent', given: 'E\u0301COLE', want: 'école' },
    { name: 'sharp s', given: 'Straße', want: 'strasse' },
    { name: 'capital sharp s', given: 'STRAẞE', want: 'strasse' },
    { name: 'ligatures', given: 'ﬁle', want: 'file' },
    { name: 'final sigma', given: 'ΟΔΥΣΣΕΥΣ', want: 'οδυσσευσ' },
    { name: 'sigma written final', given: 'Οδυσσεύς', want: 'οδυσσεύσ' },
    { name: 'dotless i, which is a letter of its own', given: 'ISPARTA ısparta', want: 'isparta ısparta' },
    { name: 'capital i with a dot', given: 'İ', want: 'i\u0307' },
    { name: 'the Kelvin sign', given: '\u212a', want: 'k' },
    { name: 'the long s', given: 'ſ', want: 's' },
    { name: 'Georgian capitals', given: 'ᲐᲑ', want: 'აბ' },
    { name: 'letters beyond the first plane', given: '𐐀', want: '𐐨' },
    { name: 'nothing where there is no case', given: '東京', want: '東京' },
    { name: 'nothing of nothing', given: '', want: '' },
  ])('folds $name', ({ given, want }) => expect(foldCase(given)).toBe(want))

  it('changes nothing when it folds again, for every character', () => {
    const wrong = everyCharacter.filter((character) => foldCase(foldCase(character)) !== foldCase(character))
    expect(wrong).toEqual([])
  })

  it('folds a letter, its capital and its small form alike', () => {
    const wrong = casedCharacters.filter((character) => {
      const folded = foldCase(character)
      if (character === 'ı' || character === 'İ') return false
      return foldCase(character.toUpperCase()) !== folded || foldCase(character.toLowerCase()) !== folded
    })
    expect(wrong).toEqual([])
  })

  it('takes for equal what Unicode case folding of single letters does', () => {
    const wrong = casedCharacters.filter((character) => {
      const others = [character.toLowerCase(), character.toUpperCase()].filter((other) => [...other].length === 1)
      const sameLetter = new RegExp(`^${character}$`, 'iu')
      return others.some((other) => sameLetter.test(other) && foldCase(other) !== foldCase(character))
    })
    expect(wrong).toEqual([])
  })

  it('changes nothing when it folds again, for texts', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldCase(foldCase(text)) === foldCase(text)))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => foldCase(foldCase(text)) === foldCase(text)))
  })

  it('takes composed and decomposed text for the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => foldCase(text.normalize('NFD')) === foldCase(text.normalize('NFC')),
      ),
    )
  })
})
