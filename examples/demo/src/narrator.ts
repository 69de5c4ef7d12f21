/** Tells what the demo does, one line for each step, and keeps count. */
export interface Narrator {
  /**
   * Opens a section.
   *
   * @param title What is shown.
   * @param why One or two sentences: why it matters to the reader.
   */
  section(title: string, why: string): void
  /**
   * Does a step and tells how it went.
   *
   * @param title What the step does; it stands in the line with the check mark.
   * @param work The step; the text that it returns is the evidence behind the title.
   * @throws Whatever the step throws, after the line with the cross.
   */
  step(title: string, work: () => Promise<string | undefined>): Promise<void>
  /** Number of steps that went well. */
  readonly done: number
}

const width = 100

/**
 * Creates a narrator.
 *
 * @param write Receives each line.
 * @param colors Whether to colour them.
 * @returns The narrator.
 */
export function createNarrator(write: (line: string) => void, colors: boolean): Narrator {
  const paint = (code: number, text: string) => (colors ? `\u001b[${code}m${text}\u001b[0m` : text)
  let sections = 0
  let done = 0
  return {
    section(title, why) {
      sections += 1
      write('')
      write(paint(1, `${String(sections).padStart(2)}  ${title}`))
      for (const line of wrap(why, width - 4)) write(paint(2, `    ${line}`))
    },
    async step(title, work) {
      try {
        const evidence = await work()
        done += 1
        const fits = title.length + (evidence?.length ?? 0) < width - 8
        write(`    ${paint(32, '✓')} ${title}${evidence && fits ? paint(2, ` · ${evidence}`) : ''}`)
        if (evidence && !fits) for (const line of wrap(evidence, width - 6)) write(paint(2, `      ${line}`))
      } catch (error) {
        write(`    ${paint(31, '✗')} ${title}`)
        throw error
      }
    },
    get done() {
      return done
    },
  }
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= columns) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
