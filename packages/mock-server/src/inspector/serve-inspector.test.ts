import { describe, expect, it } from 'vitest'
import { createMockServer } from '../create-mock-server.js'
import { css, html, script } from './inspector-page.gen.js'

async function serve(work: (origin: string, server: ReturnType<typeof createMockServer>) => Promise<void>) {
  const server = createMockServer({ seed: 3 })
  const { inspectorUrl } = await server.listen({ inspector: true })
  try {
    await work(new URL(inspectorUrl ?? '').origin, server)
  } finally {
    await server.close()
  }
}

const json = { 'content-type': 'application/scim+json' }

describe('the inspector', () => {
  it('tells what requests asked and how they ended', () =>
    serve(async (origin, server) => {
      const root = `${origin}/scim/v2`
      await fetch(`${root}/Users?filter=${encodeURIComponent('userName eq "nobody"')}&count=5`)
      await fetch(`${root}/Users`, {
        method: 'POST',
        headers: json,
        body: '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}',
      })
      const operations = [{ op: 'Replace', path: 'active', value: 'False' }]
      await fetch(`${root}/Users/user-1`, {
        method: 'PATCH',
        headers: json,
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }),
      })
      server.failNext({ status: 503 })
      await fetch(`${root}/Users/user-1`)
      const { recorded, requests } = await (await fetch(`${origin}/inspector/requests?after=0`)).json()
      expect(recorded).toBe(4)
      const sentences = requests.map(({ explanation }: { explanation: string[] }) => explanation)
      expect(sentences[0]).toEqual([
        'Looks for Users where userName eq "nobody", at most 5.',
        'Answered 200 with 0 matches.',
      ])
      expect(sentences[1]).toEqual(['Creates a resource in Users.', expect.stringMatching(/^Refused with 400 invalid/)])
      expect(sentences[2].slice(0, 2)).toEqual(['Changes user-1 of Users: Replace active.', 'Answered 200.'])
      expect(sentences[2].join('\n')).toContain('Read by the rule stringBooleans')
      expect(sentences[3]).toEqual(['Reads user-1 of Users.', 'Answered 503, as failNext asked for.'])
      const newest = await (await fetch(`${origin}/inspector/requests?after=3`)).json()
      expect(newest.requests).toHaveLength(1)
    }))

  it('is guarded by its headers and looked at alone', () =>
    serve(async (origin) => {
      const page = await fetch(`${origin}/inspector`)
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/)
      expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect((await fetch(`${origin}/inspector/requests`, { method: 'POST' })).status).toBe(405)
      expect((await fetch(`${origin}/inspector/nothing`)).status).toBe(404)
      const foreign = { 'sec-fetch-site': 'cross-site' }
      expect((await fetch(`${origin}/inspector/requests`, { headers: foreign })).status).toBe(403)
      expect((await fetch(`${origin}/scim/v2/Users`, { headers: foreign })).status).toBe(403)
    }))

  it('writes what it shows as text and needs nothing inline or from elsewhere', () => {
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function/)
    expect(html).not.toMatch(/<script(?! src="\/inspector\/)|<style|style=|\son\w+=|https?:/)
    expect(css).not.toMatch(/url\(|@import/)
    expect(() => new Function(script)).not.toThrow()
  })

  it('is not served unless asked for', async () => {
    const server = createMockServer()
    const { inspectorUrl, url } = await server.listen()
    expect(inspectorUrl).toBeUndefined()
    expect((await fetch(new URL('/inspector', url))).status).toBe(404)
    await server.close()
  })
})
