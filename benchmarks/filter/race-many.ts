import { median } from '../measure.js'

/** Work on many inputs: each contestant turns an input into something. */
export interface Field<T> {
  readonly name: string
  readonly run: (input: T) => unknown
}

let sink: unknown

/**
 * Measures contestants on every input apart: windows of a few milliseconds, in turn, and the median of each.
 *
 * @param inputs Inputs, such as filters.
 * @param field Contestants.
 * @param options `windows`, at least 7; `length`, milliseconds a window.
 * @returns For each contestant the nanoseconds that one run takes, input by input.
 */
export function raceMany<T>(
  inputs: readonly T[],
  field: readonly Field<T>[],
  { windows = 7, length = 3 }: { readonly windows?: number; readonly length?: number } = {},
): readonly (readonly number[])[] {
  for (let round = 0; round < 30; round++) for (const { run } of field) for (const input of inputs) sink = run(input)
  const times: number[][] = field.map(() => [])
  for (const input of inputs) {
    const counts = field.map(({ run }) => countIn(run, input, length))
    const taken: number[][] = field.map(() => [])
    for (let window = 0; window < windows; window++) {
      for (const [index, { run }] of field.entries()) taken[index]?.push(timeOf(run, input, counts[index] ?? 1))
    }
    for (const [index, list] of taken.entries()) times[index]?.push(median(list))
  }
  void sink
  return times
}

function countIn<T>(run: (input: T) => unknown, input: T, length: number): number {
  const once = timeOf(run, input, 200)
  return Math.max(1, Math.round((length * 1e6) / once))
}

/** Nanoseconds of CPU that one run takes: on a busy machine the clock counts other people's work. */
function timeOf<T>(run: (input: T) => unknown, input: T, count: number): number {
  const before = process.cpuUsage()
  for (let turn = 0; turn < count; turn++) sink = run(input)
  const { user, system } = process.cpuUsage(before)
  return Math.max(1, ((user + system) * 1_000) / count)
}
