import { mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { testFolder } from '../../test/test-store.js'
import { explainStart } from './explain-start.js'

function messageOf(file: string, error: unknown): string {
  try {
    explainStart(file, () => {
      throw error
    })
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    if (thrown !== error) expect(thrown.cause).toBe(error)
    return thrown.message
  }
  throw new Error('nothing was thrown')
}

describe('explainStart', () => {
  it('returns what the work returns', () => {
    expect(explainStart('a.db', () => 7)).toBe(7)
  })

  it.each([
    { code: 5, want: 'a.db is locked by another process; wait until its transaction has ended, or stop it' },
    {
      code: 13,
      want: 'a.db cannot grow: the disk is full, or the file has reached a size limit; free some space and start again',
    },
    { code: 11, want: 'a.db is not a SQLite database, or it is damaged; choose another file or restore a backup' },
    { code: 26, want: 'a.db is not a SQLite database, or it is damaged; choose another file or restore a backup' },
    { code: 8, want: 'a.db cannot be written; give this process write permission for the file and its folder' },
    { code: 19, want: 'as the driver throws it' },
    { code: 1, want: 'as the driver throws it' },
  ])('explains code $code of the driver', ({ code, want }) => {
    expect(messageOf('a.db', Object.assign(new Error('as the driver throws it'), { errcode: code }))).toBe(want)
  })

  it('explains a file that cannot be opened by what is at its path', () => {
    const folder = testFolder()
    mkdirSync(`${folder}/folder`)
    writeFileSync(`${folder}/file.db`, '')
    const errors = [
      Object.assign(new Error('from node:sqlite'), { errcode: 14 }),
      Object.assign(new Error('disk'), { rawCode: 10 }),
      new Error('ConnectionFailed("…")'),
    ]
    for (const error of errors) {
      expect(messageOf(`${folder}/none/a.db`, error)).toBe(
        `The folder ${folder}/none does not exist; create it before you open the database`,
      )
      expect(messageOf(`${folder}/file.db/a.db`, error)).toBe(
        `The folder ${folder}/file.db does not exist; create it before you open the database`,
      )
      expect(messageOf(`${folder}/folder`, error)).toBe(
        `${folder}/folder is a folder; give the path of a file inside it`,
      )
      expect(messageOf(`${folder}/new.db`, error)).toBe(
        `${folder}/new.db cannot be created; give this process write permission for ${folder}`,
      )
      expect(messageOf(`${folder}/file.db`, error)).toBe(
        `${folder}/file.db cannot be opened; check that its disk and folder can be read and written`,
      )
    }
  })

  it('leaves other errors as they are', () => {
    for (const error of [new Error('other'), new Error('no ConnectionFailed')]) {
      expect(messageOf('a.db', error)).toBe(error.message)
    }
    const thrown = () =>
      explainStart('a.db', () => {
        throw 'ConnectionFailed' // not an error
      })
    expect(thrown).toThrow('ConnectionFailed')
  })
})
