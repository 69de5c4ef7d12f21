import { foldCase } from '../text/fold-case.js'
import { type DocumentFaults, showValue } from './document-faults.js'

/** A JSON object as it was parsed. */
export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Tells whether a value is a JSON object.
 *
 * @param value Anything.
 * @returns Whether it is one, lists excluded.
 */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

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
    return Object.hasOwn(this.source, name) ? (this.source[name] ?? undefined) : undefined
  }

  /**
   * Notes members that are misspelt by case, since a characteristic that is not read would be lost without a word.
   *
   * @param names Members that the standard knows.
   */
  checkSpelling(names: readonly string[]): void {
    const known = new Map(names.map((name) => [foldCase(name), name]))
    for (const key of Object.keys(this.source)) {
      const name = known.get(foldCase(key))
      if (name !== undefined && name !== key) {
        this.faults.add(this.path, `the member ${showValue(key)} is not known; write ${name}`, 'absent')
      }
    }
  }

  /**
   * @param name Member.
   * @returns Its text; `undefined` when it is absent or, after a fault, no text.
   */
  text(name: string): string | undefined {
    const value = this.get(name)
    if (value === undefined || typeof value === 'string') return value
    this.faults.add(this.path, `${name} is ${showValue(value)}; write a string`, 'absent')
    return undefined
  }

  /**
   * @param name Member.
   * @returns Its value; `undefined` when it is absent or, after a fault, no boolean.
   */
  boolean(name: string): boolean | undefined {
    const value = this.get(name)
    if (value === undefined || typeof value === 'boolean') return value
    const meant = typeof value === 'string' ? foldCase(value) : undefined
    const read = meant === 'true' || meant === 'false' ? meant === 'true' : undefined
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
   * @param other What the lenient reading takes for a word that is unknown; absent where it leaves the member out.
   * @returns The word; `undefined` when it is absent or, after a fault, unknown.
   */
  word<Word extends string>(name: string, words: readonly Word[], other?: Word): Word | undefined {
    const value = this.get(name)
    if (value === undefined) return undefined
    const exact = words.find((word) => word === value)
    if (exact !== undefined) return exact
    const near = typeof value === 'string' ? words.find((word) => foldCase(word) === foldCase(value)) : undefined
    const way = near === undefined ? `write one of ${words.join(', ')}` : `write ${near}`
    this.faults.add(this.path, `${name} is ${showValue(value)}; ${way}`, near ?? other ?? 'absent')
    return near ?? other
  }

  /**
   * @param name Member.
   * @returns Its texts; `undefined` when it is absent or, after a fault, no list of strings.
   */
  texts(name: string): readonly string[] | undefined {
    const value = this.get(name)
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [...new Set<string>(value)]
    this.faults.add(this.path, `${name} is ${showValue(value)}; write a list of strings`, 'absent')
    return undefined
  }
}
