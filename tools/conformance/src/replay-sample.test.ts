import { describe, expect, it } from 'vitest'
import { replayConversation, replaySample } from './replay-sample.js'
import type { ExchangeSample } from './sample.js'

const rename: ExchangeSample = {
  id: 'X1',
  provider: 'rfc',
  title: 'Rename',
  source: 'none',
  confidence: 'C',
  given: [{ create: '/Users', as: 'u1', body: { userName: 'ada' } }],
  request: { method: 'PATCH', path: '/Users/{{u1}}', query: { attributes: 'a b' }, body: { id: '{{u1}}' } },
  answers: { status: [200], body: { id: '{{u1}}' } },
  capture: { version: { header: 'ETag' } },
  after: [
    {
      request: { method: 'GET', path: '/Users/{{u1}}', headers: { 'If-None-Match': '{{version}}' } },
      answers: { status: [304] },
    },
  ],
}

/** A service provider that knows one user and writes down what it was asked. */
function scripted(options: { status?: number } = {}) {
  const asked: string[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url)
    asked.push(`${request.method} ${pathname}${search} ${request.headers.get('authorization')} ${await request.text()}`)
    if (request.method === 'GET')
      return new Response(null, { status: request.headers.get('if-none-match') === 'W/"2"' ? 304 : 500 })
    const location = 'https://scim.example/v2/Users/7'
    const status = request.method === 'POST' ? 201 : (options.status ?? 200)
    const headers = { 'Content-Type': 'application/scim+json', Location: location, ETag: 'W/"2"' }
    return Response.json({ id: '7', meta: { location } }, { status, headers })
  }
  return { asked, target: { baseUrl: 'https://scim.example/v2', token: 't', fetch } }
}

describe('replaySample', () => {
  it('creates what is given, fills placeholders and follows up', async () => {
    const { asked, target } = scripted()
    const report = await replaySample(rename, target)
    expect(report.faults).toEqual([])
    expect(asked).toEqual([
      'POST /v2/Users Bearer t {"userName":"ada"}',
      'PATCH /v2/Users/7?attributes=a%20b Bearer t {"id":"7"}',
      'GET /v2/Users/7 Bearer t ',
    ])
  })

  it('reports a wrong response with the title of its step', async () => {
    const report = await replaySample(rename, scripted({ status: 202 }).target)
    expect(report.faults[0]).toContain('Rename: status must be 200, it is 202')
  })

  it('expects another outcome when told', async () => {
    const report = await replaySample(rename, scripted().target, { outcome: { status: [400] } })
    expect(report.faults).toHaveLength(1)
    expect(report.steps).toHaveLength(2)
  })
})

describe('replayConversation', () => {
  it('takes the state from the steps before, not from the samples', async () => {
    const { asked, target } = scripted()
    const conversation = {
      id: 'c',
      provider: 'rfc',
      title: 'c',
      rules: [],
      steps: [{ create: '/Users', as: 'u1', body: {} }, { sample: 'X1' }],
    }
    expect((await replayConversation(conversation, [rename], target)).faults).toEqual([])
    expect(asked.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })

  it('throws when a sample is missing', async () => {
    const conversation = { id: 'c', provider: 'rfc', title: 'c', rules: [], steps: [{ sample: 'X2' }] }
    await expect(replayConversation(conversation, [rename], scripted().target)).rejects.toThrow('c names the sample X2')
  })
})
