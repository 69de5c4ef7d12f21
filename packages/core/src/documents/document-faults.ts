/** One fault of a schema or resource type document. */
export interface DocumentFault {
  /** Attribute path, such as `name.givenName`, or the member at fault, such as `attributes[2]`; empty for the whole. */
  readonly path: string
  /** What is wrong and the way out, one sentence. */
  readonly message: string
  /** What the lenient reading takes instead of refusing; absent where it refuses, too. */
  readonly readAs?: string | undefined
}

/** Collects the faults of a reading; nothing stops at the first one. */
export class DocumentFaults {
  readonly faults: DocumentFault[] = []
  /** What is ignored in any reading, and faults that the lenient one got over, each with what was read instead. */
  readonly warnings: DocumentFault[] = []

  /** @param lenient Whether faults with a known meaning are warnings. */
  constructor(readonly lenient: boolean) {}

  /**
   * Notes a fault.
   *
   * @param path Attribute path.
   * @param message What is wrong and the way out.
   * @param readAs What the lenient reading takes instead; absent where there is no safe meaning.
   */
  add(path: string, message: string, readAs?: string): void {
    if (this.lenient && readAs !== undefined) this.warnings.push({ path, message: `${message}; read as ${readAs}` })
    else this.faults.push({ path, message, ...(readAs !== undefined && { readAs }) })
  }

  /**
   * Notes what is ignored in any reading, since it means nothing here.
   *
   * @param path Attribute path.
   * @param message What is ignored, and why.
   */
  note(path: string, message: string): void {
    this.warnings.push({ path, message })
  }
}

/**
 * Shows a piece of the input within a message: as JSON, on one line, cut at 60 characters.
 *
 * @param value Anything that was read.
 * @returns Text without control characters and line separators.
 */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  const plain = text.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, '?')
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain
}
