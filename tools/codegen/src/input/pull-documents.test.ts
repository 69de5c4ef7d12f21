import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { pullDocuments } from './pull-documents.js'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2` // a TCP server has an AddressInfo
}

/** Answers each path below the root with its document. */
function documents(byPath: Readonly<Record<string, unknown>>): RequestListener {
  return (request, response) => {
    const found = byPath[(request.url ?? '').replace('/scim/v2', '')]
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/scim+json' })
    response.end(JSON.stringify(found ?? {}))
  }
}

const listOf = (Resources: readonly unknown[], totalResults = Resources.length) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults,
  Resources,
})
const config = { patch: { supported: true } }
const [user, group, device] = ['User', 'Group', 'Device'].map((name) => ({ id: `urn:example:${name}`, name }))

describe('pullDocuments', () => {
  it('reads all documents of a server', async () => {
    const url = await serve(
      documents({
        '/ServiceProviderConfig': config,
        '/ResourceTypes': listOf([user]),
        '/Schemas': listOf([user, group]),
      }),
    )
    expect(await pullDocuments(`${url}/`)).toEqual({
      serviceProviderConfig: config,
      resourceTypes: [user],
      schemas: [user, group],
      missing: [],
    })
  })

  it('reads page by page where the server pages, and bare lists where it knows no ListResponse', async () => {
    const url = await serve(
      documents({
        '/ServiceProviderConfig': config,
        '/ResourceTypes': [user],
        '/Schemas': listOf([user, group], 3),
        '/Schemas?startIndex=3': listOf([device], 3),
      }),
    )
    const pulled = await pullDocuments(url)
    expect(pulled.schemas).toEqual([user, group, device])
    expect(pulled.resourceTypes).toEqual([user])
  })

  it('ends when a server gives the same page again and again', async () => {
    const list: RequestListener = (request, response) => {
      const isConfig = request.url?.endsWith('Config')
      response.end(JSON.stringify(isConfig ? config : listOf([user], 9)))
    }
    await expect(pullDocuments(await serve(list))).rejects.toThrow(/says it has 9 documents and gives 1/)
  })

  it('sends the token, and never to another origin', async () => {
    const seen: (string | undefined)[] = []
    const elsewhere = await serve((request, response) => {
      seen.push(request.headers.authorization)
      response.end('{}')
    })
    const url = await serve((request, response) => {
      expect(request.headers.authorization).toBe('Bearer secret')
      response.writeHead(302, { location: elsewhere }).end()
    })
    await expect(pullDocuments(url, { token: 'secret' })).rejects.toThrow(/redirects to http:\/\/127/)
    expect(seen).toEqual([])
  })

  it.each([
    ['/ResourceTypes', 404],
    ['/ServiceProviderConfig', 404],
    ['/ResourceTypes', 501],
    ['/Schemas', 404],
  ])('reads what there is where %s is answered %i, and names it', async (missing, status) => {
    const url = await serve((request, response) => {
      if (request.url?.endsWith(missing)) response.writeHead(status).end()
      else response.end(JSON.stringify(listOf([user])))
    })
    const found = await pullDocuments(url)
    expect(found.missing).toEqual([`${url}${missing} answered ${status}; the rest is read without it`])
    expect(found.schemas).toEqual(missing === '/Schemas' ? [] : [user])
    expect(found.resourceTypes).toEqual(missing === '/ResourceTypes' ? [] : [user])
  })

  it('stops at an endpoint that a token would open', async () => {
    const url = await serve((request, response) => {
      if (request.url?.endsWith('/ResourceTypes')) response.writeHead(403).end()
      else response.end(JSON.stringify(listOf([user])))
    })
    await expect(pullDocuments(url)).rejects.toThrow(/ResourceTypes answered 403; give a token/)
  })

  it('follows redirects within the origin', async () => {
    const url = await serve((request, response) => {
      if (!request.url?.startsWith('/scim/v2/here'))
        response.writeHead(307, { location: `/scim/v2/here${request.url}` }).end()
      else response.end(JSON.stringify(listOf([user])))
    })
    expect((await pullDocuments(url)).schemas).toEqual([user])
  })

  const refusals: readonly { name: string; listener: RequestListener; options?: object; want: RegExp }[] = [
    { name: '401', listener: (_, response) => response.writeHead(401).end(), want: /answered 401; give a token/ },
    { name: '404', listener: (_, response) => response.writeHead(404).end(), want: /answered 404; check that the URL/ },
    { name: 'HTML', listener: (_, response) => response.end('<html>'), want: /did not answer with JSON/ },
    {
      name: 'an endless body',
      listener: (_, response) => response.end('['.repeat(5_000)),
      options: { maxBodyBytes: 4_096 },
      want: /more than 4096 bytes/,
    },
    { name: 'silence', listener: () => undefined, options: { timeout: 50 }, want: /did not answer within 50 ms/ },
    {
      name: 'a broken response',
      listener: (_, response) =>
        response.writeHead(200, { 'content-length': '9' }).write('{', () => response.destroy()),
      want: /broke off its response/,
    },
    {
      name: 'redirects without end',
      listener: (request, response) => response.writeHead(302, { location: `${request.url}x` }).end(),
      want: /redirects too often/,
    },
  ]
  it.each(refusals)('says in one sentence what is wrong with $name', async ({ listener, options, want }) => {
    await expect(pullDocuments(await serve(listener), options)).rejects.toThrow(want)
  })

  it.each([
    ['ftp://example.com', {}, /not an http or https URL/],
    ['example.com/scim', {}, /not an http or https URL/],
    ['https://me:secret@example.com', {}, /^((?!secret).)*carries a password/],
    ['http://example.com/scim', { token: 'secret' }, /plain http/],
    ['http://127.0.0.1:1/scim', {}, /cannot be reached/],
  ])('refuses %s before any token leaves', async (url, options, want) => {
    await expect(pullDocuments(url, options)).rejects.toThrow(want)
  })
})
