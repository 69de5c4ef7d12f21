import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { testDatabase, testFolder } from '../../test/test-store.js'
import { migrateNow } from '../migrations/migrate.js'
import { backUp } from './back-up.js'
import { createSession } from './create-session.js'
import { readSetting, writeSetting } from './statements/settings.js'

let folder: string

beforeEach(() => {
  folder = testFolder()
})

function open(file = `${folder}/a.db`) {
  const database = testDatabase(file)
  migrateNow(database)
  writeSetting(database.writer, 'mark', 'here')
  const session = createSession(database)
  return { database, session, backUp: (copy: string) => backUp(session, database, copy) }
}

const markOf = (file: string) => readSetting(testDatabase(file).reader, 'mark')

describe('backUp', () => {
  it('writes a copy that needs no other file, over what an interrupted run has left', async () => {
    const source = open()
    writeFileSync(`${folder}/copy.db.part`, 'left')
    await source.backUp(`${folder}/copy.db`)
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
    expect(markOf(`${folder}/copy.db`)).toBe('here')
  })

  it.each([0o600, 0o640, 0o644])('gives the copy the permissions of the file: %o', async (mode) => {
    const source = open()
    chmodSync(`${folder}/a.db`, mode)
    await source.backUp(`${folder}/copy.db`)
    expect(statSync(`${folder}/copy.db`).mode & 0o777).toBe(mode)
  })

  it('lets no other user read a copy of a database in memory, nor one that is not complete', async () => {
    await open(':memory:').backUp(`${folder}/copy.db`)
    expect(statSync(`${folder}/copy.db`).mode & 0o777).toBe(0o600)
    const source = open()
    const modes: number[] = []
    const { statement } = source.database.reader
    Object.assign(source.database.reader, {
      statement: (text: string) => {
        const prepared = statement(text)
        if (!text.startsWith('VACUUM')) return prepared
        const run = (...parameters: never[]) => {
          modes.push(statSync(`${folder}/other.db.part`).mode & 0o777)
          return prepared.run(...parameters)
        }
        return { ...prepared, run }
      },
    })
    await source.backUp(`${folder}/other.db`)
    expect(modes).toEqual([0o600])
  })

  it('refuses a name that is taken, and leaves nothing behind when it fails', async () => {
    const source = open()
    writeFileSync(`${folder}/taken.db`, 'mine')
    await expect(source.backUp(`${folder}/taken.db`)).rejects.toThrow(
      `${folder}/taken.db already exists; choose another name`,
    )
    expect(readFileSync(`${folder}/taken.db`, 'utf8')).toBe('mine')
    await expect(source.backUp(`${folder}/none/copy.db`)).rejects.toThrow(`The folder ${folder}/none does not exist`)
    mkdirSync(`${folder}/folder`)
    await expect(source.backUp(`${folder}/folder`)).rejects.toThrow('already exists')
    for (const wrong of ['', undefined, 7]) {
      const given = wrong as never // untyped callers can pass it
      await expect(source.backUp(given)).rejects.toThrow(new TypeError('backup needs the path of a file'))
    }
    expect(existsSync(`${folder}/none`)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('removes the incomplete copy when the database cannot be read', async () => {
    const source = open()
    const failing = {
      ...source.session,
      read: async () => {
        expect(existsSync(`${folder}/copy.db.part`)).toBe(true)
        throw new Error('cannot be read')
      },
    }
    await expect(backUp(failing, source.database, `${folder}/copy.db`)).rejects.toThrow('cannot be read')
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([])
  })
})
