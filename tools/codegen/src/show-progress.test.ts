import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { withProgress } from './show-progress.js'

function terminal(columns?: number) {
  const written: string[] = []
  return { isTTY: true, columns, written, write: (text: string) => written.push(text) }
}

async function readFiles(stream: ReturnType<typeof terminal>, total: number, name = 'device.json'): Promise<void> {
  await withProgress(stream, async (onProgress) => {
    for (let done = 1; done <= total; done++) onProgress?.('read', done, total, `schemas/${name}`)
  })
}

describe('withProgress', () => {
  it('writes one line anew, at most a hundred times a step, and clears it at the end', async () => {
    const stream = terminal(0) // a terminal that does not know its width
    await readFiles(stream, 1_000)
    expect(stream.written).toHaveLength(102) // 0 to 100 percent, and the end
    expect(stream.written[1]).toBe('\r\u001b[2Kread 10/1000 device.json')
    expect(stream.written.join('')).not.toContain('\n')
    expect(stream.written.at(-1)).toBe('\r\u001b[2K')
  })

  it('clears its line when the run fails', async () => {
    const stream = terminal()
    const run = withProgress(stream, async (onProgress) => {
      onProgress?.('write', 25, 50, 'a.ts')
      throw new Error('the disk is full')
    })
    await expect(run).rejects.toThrow('the disk is full')
    expect(stream.written).toEqual(['\r\u001b[2Kwrite 25/50 a.ts', '\r\u001b[2K'])
  })

  it('writes nothing for few files, and nothing where there is no terminal', async () => {
    const few = terminal()
    await readFiles(few, 19)
    expect(few.written).toEqual([])
    const pipe = { ...terminal(), isTTY: false }
    await readFiles(pipe, 1_000)
    expect(pipe.written).toEqual([])
    expect(await withProgress(undefined, async (onProgress) => onProgress)).toBeUndefined()
  })

  it('keeps to the width of the terminal, and removes terminal commands from names', async () => {
    const stream = terminal(24)
    await readFiles(stream, 20, 'a\u001b[2Jb\u0007-and-a-name-that-does-not-fit.json')
    const lines = stream.written.slice(0, -1).map((text) => text.slice('\r\u001b[2K'.length))
    expect(lines).toHaveLength(20)
    for (const line of lines) {
      expect(line).toBe(stripVTControlCharacters(line))
      expect(line.length).toBeLessThan(24)
      expect(line).toMatch(/^read \d+\/20 a\?\[2Jb\?-/)
    }
  })
})
