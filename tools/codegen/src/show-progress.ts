import { basename } from 'node:path'

/**
 * Called with each step of a long run.
 *
 * @param step What is done with the file: `read`, `generate`, `compare` or `write`.
 * @param done 1-based index of the file.
 * @param total How many files this step has.
 * @param file Path of the file.
 */
export type OnProgress = (
  step: 'read' | 'generate' | 'compare' | 'write',
  done: number,
  total: number,
  file: string,
) => void

/** Where progress is shown: standard error, when it is a terminal. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined
  /** Characters of one line of the terminal. */
  readonly columns?: number | undefined
  write(text: string): unknown
}

/** Below this many files a step is over before its line is read. */
const minFiles = 20

/**
 * Shows how far a run is in one line of a terminal, written anew at most a hundred times a step and cleared at the end;
 * anything but a terminal stays as it is.
 *
 * @param stream Standard error; absent where nothing is to be shown.
 * @param run Gets the function to report its steps to.
 * @returns What the run gives.
 */
export async function withProgress<T>(
  stream: ProgressStream | undefined,
  run: (onProgress: OnProgress | undefined) => Promise<T>,
): Promise<T> {
  if (stream?.isTTY !== true) return run(undefined)
  let percent = -1
  try {
    return await run((step, done, total, file) => {
      const now = Math.floor((done * 100) / total)
      if (total < minFiles || now === percent) return
      percent = now
      stream.write(startOfLine + fit(`${step} ${done}/${total} ${basename(file)}`, stream.columns))
    })
  } finally {
    if (percent >= 0) stream.write(startOfLine)
  }
}

/** Goes back to the start of the line and clears it. */
const startOfLine = '\r\u001b[2K'

/**
 * A name may hold what a terminal reads as a command; and a line that wraps cannot be written anew. A terminal that does
 * not know its width says 0.
 */
function fit(line: string, columns = 0): string {
  return [...line.replace(/\p{C}/gu, '?')].slice(0, (columns || 80) - 1).join('')
}
