import { describe, expect, it, vi } from 'vitest'
import { createWriteQueue } from './write-queue.js'

/** Work whose end the test decides. */
function openWork() {
  let end: () => void = () => undefined
  const work = () =>
    new Promise<void>((resolve) => {
      end = resolve
    })
  return { work, end: () => end() }
}

describe('the write queue', () => {
  it('starts at once when it is empty', () => {
    const started: string[] = []
    void createWriteQueue(0).run(() => started.push('first'))
    expect(started).toEqual(['first'])
  })

  it('runs one piece of work at a time, in the order of arrival', async () => {
    const queue = createWriteQueue(10_000)
    const seen: string[] = []
    const first = openWork()
    const runs = [
      queue.run(first.work),
      queue.run(async () => {
        seen.push('second begins')
        await Promise.resolve()
        seen.push('second ends')
      }),
      queue.run(() => seen.push('third')),
    ]
    await new Promise(setImmediate)
    expect(seen).toEqual([])
    first.end()
    await Promise.all(runs)
    expect(seen).toEqual(['second begins', 'second ends', 'third'])
    expect(await queue.run(() => 'again')).toBe('again')
  })

  it('goes on behind work that fails', async () => {
    const queue = createWriteQueue(10_000)
    const failing = queue.run(() => {
      throw new Error('failed')
    })
    const next = queue.run(() => 'next')
    await expect(failing).rejects.toThrow('failed')
    expect(await next).toBe('next')
    expect(await queue.run(() => 'later')).toBe('later')
  })

  it('answers 503 to work that waits too long, never runs it, and lets the next one in', async () => {
    vi.useFakeTimers()
    const queue = createWriteQueue(50)
    const first = openWork()
    const running = queue.run(first.work)
    const seen: string[] = []
    const late = queue.run(() => seen.push('late'))
    const refused = expect(late).rejects.toMatchObject({ status: 503 })
    await vi.advanceTimersByTimeAsync(49)
    const patient = queue.run(() => seen.push('patient'))
    await vi.advanceTimersByTimeAsync(1)
    await refused
    first.end()
    await Promise.all([running, patient])
    await vi.advanceTimersByTimeAsync(100)
    vi.useRealTimers()
    expect(seen).toEqual(['patient'])
  })
})
