import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One contestant: a name, and work that is repeated. */
export interface Contestant {
  readonly name: string
  /** One unit of work; what it returns is kept alive so that it cannot be optimised away. */
  readonly run: () => unknown
}

/** How fast a contestant was. */
export interface Measured {
  readonly name: string
  /** Units of work a second, median of the windows. */
  readonly perSecond: number
  /** Speed in relation to the first contestant of the same run. */
  readonly ratio: number
}

/** Length of the measurement. */
export interface Windows {
  /** Windows a contestant, at least 7. */
  readonly count?: number
  /** Milliseconds a window. */
  readonly length?: number
}

let sink: unknown

/**
 * Measures contestants in turn, A B C A B C …, and takes the median of their windows, so that a busy machine slows all.
 *
 * @param contestants The first one is what the others are compared with.
 * @param windows Number and length of the windows.
 * @returns Speeds and ratios in the order given.
 */
export function race(contestants: readonly Contestant[], windows: Windows = {}): readonly Measured[] {
  const { count = 9, length = 120 } = windows
  const speeds = contestants.map(() => [] as number[])
  const batches = contestants.map(({ run }) => sizeOfBatch(run))
  for (let window = 0; window < count; window++) {
    for (const [index, { run }] of contestants.entries())
      speeds[index]?.push(runWindow(run, batches[index] ?? 1, length))
  }
  const medians = speeds.map(median)
  return contestants.map(({ name }, index) => {
    const perSecond = medians[index] ?? 0
    return { name, perSecond, ratio: perSecond / (medians[0] ?? 1) }
  })
}

/** Warms up and finds how many units take about two milliseconds. */
function sizeOfBatch(run: () => unknown): number {
  const until = performance.now() + 200
  let units = 0
  while (performance.now() < until) {
    sink = run()
    units++
  }
  return Math.max(1, Math.round(units / 100))
}

function runWindow(run: () => unknown, batch: number, length: number): number {
  const started = performance.now()
  let units = 0
  let elapsed = 0
  while (elapsed < length) {
    for (let unit = 0; unit < batch; unit++) sink = run()
    units += batch
    elapsed = performance.now() - started
  }
  return (units / elapsed) * 1_000
}

/** @returns The middle of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** @returns The geometric mean of the numbers. */
export function geomean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length)
}

/** A line of a report: a figure, what was promised, and whether it holds. */
export interface Finding {
  /** What was measured, in a few words. */
  readonly what: string
  readonly figure: number
  /** The goal as text, such as `≥ 1.0`; absent where nothing was promised. */
  readonly goal?: string
  readonly holds?: boolean
}

/**
 * Prints findings as a table and writes them to `reports/benchmarks/<name>.json`.
 *
 * @param name Name of the benchmark.
 * @param findings Lines of the report.
 */
export function report(name: string, findings: readonly Finding[]): void {
  const width = Math.max(...findings.map(({ what }) => what.length))
  for (const { what, figure, goal = '', holds } of findings) {
    const verdict = holds === undefined ? '' : holds ? 'holds' : 'MISSED'
    console.log(`${what.padEnd(width)}  ${format(figure).padStart(12)}  ${goal.padEnd(10)}  ${verdict}`)
  }
  const folder = join(import.meta.dirname, '..', 'reports', 'benchmarks')
  mkdirSync(folder, { recursive: true })
  const facts = { name, date: new Date().toISOString().slice(0, 10), node: process.version, findings }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(facts, null, 2)}\n`)
  void sink
}

function format(figure: number): string {
  if (figure >= 1_000) return Math.round(figure).toLocaleString('en')
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3)
}
