import type { StoredResource } from '../store.js'

interface Remembered {
  readonly baseUrl: string
  readonly text: string
}

/** UTF-16 units of a generation's texts; two generations are kept. */
const generationSize = 4_000_000

/** UTF-16 units beyond which a text is not worth what it would drive out. */
const longestText = 40_000

/**
 * JSON texts of stored resources as answers without parameters carry them, so that a resource which is read again and
 * again is completed, projected and written once. Only for stores whose resources never change: another version is
 * another object. What was not asked for during a whole generation is forgotten.
 */
export class RememberedTexts {
  #recent = new Map<StoredResource, Remembered>()
  #older: ReadonlyMap<StoredResource, Remembered> = new Map()
  #size = 0

  /**
   * @param stored Resource as stored.
   * @param baseUrl URL of the service root that the answer speaks of.
   * @returns The text; `undefined` when there is none for this URL.
   */
  find(stored: StoredResource, baseUrl: string): string | undefined {
    const recent = this.#recent.get(stored)
    const found = recent ?? this.#older.get(stored)
    if (found?.baseUrl !== baseUrl) return undefined
    if (!recent) this.#add(stored, found)
    return found.text
  }

  /**
   * @param stored Resource as stored.
   * @param baseUrl URL of the service root that the text speaks of.
   * @param text JSON text, without anything that another resource decides.
   */
  remember(stored: StoredResource, baseUrl: string, text: string): void {
    if (text.length <= longestText) this.#add(stored, { baseUrl, text })
  }

  #add(stored: StoredResource, remembered: Remembered): void {
    this.#size += remembered.text.length
    if (this.#size > generationSize) {
      this.#older = this.#recent
      this.#recent = new Map()
      this.#size = remembered.text.length
    }
    this.#recent.set(stored, remembered)
  }
}
