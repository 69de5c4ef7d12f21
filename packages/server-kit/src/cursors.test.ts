import { expect, it } from 'vitest'
import { createCursors } from './cursors.js'

const state = { after: 'Ünïcøde "💡" position', count: 7, expires: 1_000 }

it('opens what it sealed, under the same binding', async () => {
  const cursors = createCursors(() => [])
  const cursor = await cursors.seal(state, 'ada')
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
  expect(await cursors.open(cursor, 'ada', 999)).toEqual(state)
  await expect(cursors.open(cursor, 'grace', 999)).rejects.toMatchObject({ scimType: 'invalidCursor' })
  await expect(cursors.open(cursor, 'ada', 1_000)).rejects.toMatchObject({ scimType: 'expiredCursor' })
})

it('never seals alike, and shows nothing of the position', async () => {
  const cursors = createCursors(() => ['a'.repeat(32)])
  const [first, second] = [await cursors.seal(state, 'x'), await cursors.seal(state, 'x')]
  expect(first).not.toBe(second)
  expect(atob(first.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('position')
})

it('refuses every cursor with one changed letter', async () => {
  const cursors = createCursors(() => [new Uint8Array(32).fill(7)])
  const cursor = await cursors.seal(state, 'x')
  // The last letter may hold bits that mean nothing.
  for (let at = 0; at < cursor.length - 1; at++) {
    const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
    await expect(cursors.open(changed, 'x', 0)).rejects.toMatchObject({ scimType: 'invalidCursor' })
  }
})

it.each(['', 'x', '=', '../..', 'A'.repeat(5_000), '💡'.repeat(20)])('refuses %j', async (cursor) => {
  await expect(createCursors(() => []).open(cursor, 'x', 0)).rejects.toMatchObject({
    status: 400,
    scimType: 'invalidCursor',
  })
})

it('reads its secrets once, and again only after they could not be read', async () => {
  let reads = 0
  const cursors = createCursors(async () => {
    if (++reads === 1) throw new Error('busy')
    return ['a'.repeat(32)]
  })
  await expect(cursors.seal(state, 'x')).rejects.toThrow('busy')
  const [first, second] = await Promise.all([cursors.seal(state, 'x'), cursors.seal(state, 'x')])
  expect([await cursors.open(first, 'x', 0), await cursors.open(second, 'x', 0), reads]).toEqual([state, state, 2])
})
