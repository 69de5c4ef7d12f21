import { describe, expect, test } from 'vitest'
import { basic, bearer } from './authenticate.js'

describe('bearer', () => {
  test('asks its function once, and once more for all who were rejected', async () => {
    let calls = 0
    const authenticate = bearer(async () => `t${++calls}`)
    expect(await Promise.all([authenticate(), authenticate(), authenticate()])).toEqual(Array(3).fill('Bearer t1'))
    const renewed = await Promise.all(Array.from({ length: 10 }, () => authenticate('Bearer t1')))
    expect(renewed).toEqual(Array(10).fill('Bearer t2'))
    expect(await authenticate('Bearer t1')).toBe('Bearer t2')
    expect(await authenticate()).toBe('Bearer t2')
    expect(calls).toBe(2)
  })

  test('asks again after its function failed', async () => {
    let calls = 0
    const authenticate = bearer(async () => {
      if (++calls === 1) throw new Error('no token today')
      return 'token'
    })
    await expect(authenticate()).rejects.toThrow('no token today')
    expect(await authenticate()).toBe('Bearer token')
  })

  test('refuses what cannot stand in a header, without showing it', async () => {
    for (const token of ['', 'sec ret', 'secret\n', 'sécret']) {
      expect(() => bearer(token)).toThrow(TypeError)
      const error = await Promise.resolve(bearer(() => token)()).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(TypeError)
      if (token === '') expect(String(error)).toContain('is its variable set?')
      if (token !== '') expect(String(error)).not.toContain(token.trim())
    }
  })
})

test('basic encodes UTF-8 and refuses a colon in the name', () => {
  expect(basic('ada', 'pässword')()).toBe('Basic YWRhOnDDpHNzd29yZA==')
  expect(() => basic('a:b', 'c')).toThrow(TypeError)
})
