import { type Span, SpanKind, type SpanOptions, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { userResource } from '@scimkit/core/schema'
import { expect, test } from 'vitest'
import { bearer, createScimClient } from '../src/index.js'
import { withTracing } from '../src/otel.js'
import { failure, json, page, reset, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

interface Written {
  readonly name: string
  readonly options: SpanOptions
  status?: number
  ended: boolean
}

/** A tracer that keeps the spans it is given; only the interface comes from OpenTelemetry. */
function createTracer(): { readonly tracer: Tracer; readonly spans: Written[] } {
  const spans: Written[] = []
  const startSpan = (name: string, options: SpanOptions = {}): Span => {
    const written: Written = { name, options, ended: false }
    spans.push(written)
    const span = trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 })
    return Object.assign(span, {
      setStatus({ code }: { code: SpanStatusCode }) {
        written.status = code
        return span
      },
      end() {
        written.ended = true
      },
    })
  }
  return { tracer: { startSpan, startActiveSpan: () => {} } as unknown as Tracer, spans } // the client starts no active span
}

function start(steps: readonly Step[], options: { retries?: number; timeout?: number; budget?: number } = {}) {
  const { tracer, spans } = createTracer()
  const scim = createScimClient({
    baseUrl: 'https://scim.test/v2',
    resources: { users: userResource },
    authenticate: bearer('secret-token'),
    fetch: scriptedFetch(...steps),
    ...options,
    ...withTracing({ tracer }),
  })
  const seen = () =>
    spans.map(({ name, options, status, ended }) => ({
      name,
      ended,
      failed: status === SpanStatusCode.ERROR,
      code: options.attributes?.['http.response.status_code'],
      type: options.attributes?.['error.type'],
    }))
  return { scim, spans, seen }
}

const good = { ended: true, failed: false, code: 200, type: undefined }
const bad = (type: string, code?: number) => ({ ended: true, failed: true, code, type })

test('writes a span for each attempt, without query and token', async () => {
  const { scim, spans, seen } = start([reset(), json(200, user('1')), page([]), scimError(404)])
  await scim.users.get('1')
  await scim.users.page({ filter: 'userName eq "ada"' })
  await failure(scim.users.get('2'))
  expect(seen()).toEqual([
    { name: 'GET', ...bad('network') },
    { name: 'GET', ...good },
    { name: 'GET', ...good },
    { name: 'GET', ...bad('404', 404) },
  ])
  expect(spans.map(({ options }) => options.attributes?.['url.full'])).toEqual([
    'https://scim.test/v2/Users/1',
    'https://scim.test/v2/Users/1',
    'https://scim.test/v2/Users',
    'https://scim.test/v2/Users/2',
  ])
  expect(spans.every(({ options }) => options.kind === SpanKind.CLIENT)).toBe(true)
  expect(spans.every(({ options }) => Number(options.startTime) <= Date.now())).toBe(true)
  expect(JSON.stringify(spans)).not.toMatch(/ada|secret-token/)
})

const hang = (): Promise<Response> => new Promise(() => {})
const cutOff = () => new Response('{"id":', { headers: { 'content-type': 'application/json' } })
const gaveUp: readonly { name: string; step: Step; want: object }[] = [
  { name: 'a reset', step: () => Promise.reject(reset()), want: bad('network') },
  { name: 'a time-out', step: hang, want: bad('timeout') },
  { name: 'a response that is cut off', step: cutOff, want: bad('invalid-response') },
  { name: 'a response to something else', step: () => json(200, user('2')), want: bad('invalid-response') },
  { name: 'a 503', step: () => scimError(503), want: bad('503', 503) },
]
test.each(gaveUp)('the try that is given up after $name has its span, ended and failed', async ({ step, want }) => {
  const { scim, seen } = start([step], { retries: 1, timeout: 20 })
  await failure(scim.users.get('1'))
  const spans = seen()
  expect(spans.at(-1)).toEqual({ name: 'GET', ...want })
  expect(spans.every(({ ended, failed }) => ended && failed)).toBe(true)
})

test('a try that its caller aborts has its span, too', async () => {
  const { scim, seen } = start([hang])
  const controller = new AbortController()
  const call = failure(scim.users.get('1', { signal: controller.signal }))
  setTimeout(() => controller.abort(), 10)
  expect(await call).toMatchObject({ name: 'AbortError' })
  expect(seen()).toEqual([{ name: 'GET', ...bad('AbortError') }])
})

test('a POST in doubt has spans for itself, its look and its repeat', async () => {
  const { scim, seen } = start([reset(), page([]), json(201, user('1'))])
  await scim.users.create({ userName: 'ada' })
  expect(seen()).toEqual([
    { name: 'POST', ...bad('network') },
    { name: 'GET', ...good },
    { name: 'POST', ...good, code: 201 },
  ])
})

test('does nothing where no tracer is registered', async () => {
  const fetch = scriptedFetch(json(200, user('1')))
  const resources = { users: userResource }
  const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, ...withTracing() })
  expect((await scim.users.get('1')).id).toBe('1')
})
