import { isObject, type JsonObject } from '../json.js'
import { foldCase } from '../text/fold-case.js'
import { type DocumentFaults, showValue } from './document-faults.js'

/**
 * Reads a member of an object. Names are attribute names of the schema of schemas, so case does not count.
 *
 * @param value Anything.
 * @param name Member.
 * @returns Its value, that of the exact spelling first; `undefined` where there is none, and for all but objects.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.1
 */
export function memberOf(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined
  if (Object.hasOwn(value, name)) return value[name]
  const folded = foldCase(name)
  const key = Object.keys(value).find((other) => foldCase(other) === folded)
  return key === undefined ? undefined : value[key]
}

/** Folds case and leaves out what vendors put between words, as in `READ_ONLY`, `read-only` and `multi_valued`. */
function looseName(text: string): string {
  return foldCase(text).replace(/[\s_-]/g, '')
}

/** What stands for true and false where JSON's own words should. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
])

/**
 * An absolute URI in the characters that a path may hold; quotes, brackets and what needs escaping are left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export const uriPattern: RegExp = /^[a-z][a-z0-9+.-]{0,63}:[a-z0-9()+,\-.:=@;$_!~&%/#?]{1,1024}$/i

/** What the lenient reading takes for an id beside a URI; it has to fit in paths. */
const bareId = /^[a-z0-9()+,\-.:=@;$_!~&%/#?]{1,256}$/i

/** Other words for a characteristic's own, loosely spelled. */
export type Synonyms<Word extends string> = ReadonlyMap<string, Word>

/** Reads the members of one JSON object and notes what is wrong with them. */
export class MemberReader {
  /**
   * @param source Object that is read; only its own members count.
   * @param path Attribute path of the object, for the faults.
   * @param faults Where faults go.
   */
  constructor(
    readonly source: JsonObject,
    readonly path: string,
    readonly faults: DocumentFaults,
  ) {}

  /**
   * @param name Member.
   * @returns Its value; `undefined` when it is absent or `null`.
   */
  get(name: string): unknown {
    return memberOf(this.source, name) ?? undefined
  }

  /**
   * Notes members that are there twice or misspelt, since a characteristic that is not read would be lost without a word.
   *
   * @param names Members that the standard knows.
   * @returns A reader of the object in which misspelt members have their right names; this one where there are none.
   */
  checkSpelling(names: readonly string[]): MemberReader {
    const known = new Map(names.map((name) => [looseName(name), name]))
    const spelled = new Map<string, string>()
    for (const key of Object.keys(this.source)) {
      const name = known.get(looseName(key))
      if (name === undefined) continue
      const twin = spelled.get(name)
      if (twin !== undefined) {
        const kept = key === name ? key : twin
        this.faults.add(this.path, `${twin} and ${key} are the same member; remove one of the two`, kept)
        if (kept === twin) continue
      } else if (foldCase(key) !== foldCase(name)) {
        this.faults.add(this.path, `the member ${showValue(key)} is not known; write ${name}`, name)
      }
      spelled.set(name, key)
    }
    const misspelt = [...spelled].filter(([name, key]) => foldCase(name) !== foldCase(key))
    if (misspelt.length === 0) return this
    const right = Object.fromEntries(misspelt.map(([name, key]) => [name, this.source[key]]))
    return new MemberReader({ ...this.source, ...right }, this.path, this.faults)
  }

  /**
   * @param name Member.
   * @returns Its text; `undefined` when it is absent or, after a fault, not a text.
   */
  text(name: string): string | undefined {
    const value = this.get(name)
    if (value === undefined || typeof value === 'string') return value
    this.faults.add(this.path, `${name} is ${showValue(value)}; write a string`, 'absent')
    return undefined
  }

  /**
   * @param name Member that holds the URI of a schema.
   * @param missing What is wrong, and the way out, where it is absent.
   * @returns The URI; `undefined` after a fault that leaves nothing to work with.
   */
  uri(name: string, missing: string): string | undefined {
    if (this.get(name) === undefined) {
      this.faults.add(this.path, missing)
      return undefined
    }
    const uri = this.text(name)
    if (uri === undefined || uriPattern.test(uri)) return uri
    const readAs = bareId.test(uri) ? 'it is' : undefined
    const way = 'write a URI, such as urn:example:params:scim:schemas:extension:acme:2.0:User'
    this.faults.add(this.path, `${name} is ${showValue(uri)}; ${way}`, readAs)
    return readAs === undefined ? undefined : uri
  }

  /**
   * @param name Member.
   * @returns Its value; `undefined` when it is absent or, after a fault, not a boolean.
   */
  boolean(name: string): boolean | undefined {
    const value = this.get(name)
    if (value === undefined || typeof value === 'boolean') return value
    const read = booleans.get(foldCase(String(value)))
    this.faults.add(
      this.path,
      `${name} is ${showValue(value)}; write true or false without quotes`,
      String(read ?? 'absent'),
    )
    return read
  }

  /**
   * @param name Member.
   * @param words Words that it may be, in their spelling.
   * @param options `synonyms` are read leniently for what they mean, and `other` for every other word; a word that
   *   still has no meaning is a fault in any reading.
   * @returns The word; `undefined` when it is absent or, after a fault, unknown.
   */
  word<Word extends string>(
    name: string,
    words: readonly Word[],
    { synonyms, other }: { readonly synonyms?: Synonyms<Word>; readonly other?: Word } = {},
  ): Word | undefined {
    const value = this.get(name)
    if (value === undefined) return undefined
    const exact = words.find((word) => word === value)
    if (exact !== undefined) return exact
    const loose = looseName(String(value))
    const near = words.find((word) => looseName(word) === loose) ?? synonyms?.get(loose)
    const way = near === undefined ? `write one of ${words.join(', ')}` : `write ${near}`
    this.faults.add(this.path, `${name} is ${showValue(value)}; ${way}`, near ?? other)
    return near ?? other
  }

  /**
   * @param name Member.
   * @returns Its texts; `undefined` when it is absent or, after a fault, neither a list of texts nor read as one.
   */
  texts(name: string): readonly string[] | undefined {
    const value = this.get(name)
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [...new Set<string>(value)]
    const texts = readTexts(value)
    const readAs = texts ? showValue(texts) : 'absent'
    this.faults.add(this.path, `${name} is ${showValue(value)}; write a list of strings`, readAs)
    return texts
  }
}

/** A single text for a list, and numbers and the objects of SCIM 1.1 for texts. */
function readTexts(value: unknown): readonly string[] | undefined {
  const items = (Array.isArray(value) ? value : [value]).map((item) => memberOf(item, 'value') ?? item)
  const simple = items.every((item) => typeof item === 'string' || typeof item === 'number')
  return simple ? [...new Set(items.map(String))] : undefined
}
