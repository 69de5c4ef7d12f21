import { type Span, SpanKind, type SpanOptions, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { userResource } from '@scimkit/core/schema'
import { expect, test } from 'vitest'
import { bearer, createScimClient } from '../src/index.js'
import { withTracing } from '../src/otel.js'
import { failure, json, page, reset, scimError, scriptedFetch, user } from './scripted-fetch.js'

interface Written {
  readonly name: string
  readonly options: SpanOptions
  status?: number
  ended: boolean
}

/** A tracer that keeps what it is told; only the interface comes from OpenTelemetry. */
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

test('writes a span for each answer and each repeated try, without query and token', async () => {
  const { tracer, spans } = createTracer()
  const fetch = scriptedFetch(reset(), json(200, user('1')), page([]), scimError(404))
  const scim = createScimClient({
    baseUrl: 'https://scim.test/v2',
    resources: { users: userResource },
    authenticate: bearer('secret-token'),
    fetch,
    ...withTracing({ tracer }),
  })
  await scim.users.get('1')
  await scim.users.page({ filter: 'userName eq "ada"' })
  await failure(scim.users.get('2'))
  const seen = spans.map(({ name, options, status }) => [
    name,
    options.attributes?.['http.response.status_code'],
    status,
  ])
  expect(seen).toEqual([
    ['GET', undefined, SpanStatusCode.ERROR],
    ['GET', 200, undefined],
    ['GET', 200, undefined],
    ['GET', 404, SpanStatusCode.ERROR],
  ])
  expect(spans.every(({ ended, options }) => ended && options.kind === SpanKind.CLIENT)).toBe(true)
  expect(JSON.stringify(spans)).not.toMatch(/ada|secret-token/)
})

test('does nothing where no tracer is registered', async () => {
  const fetch = scriptedFetch(json(200, user('1')))
  const resources = { users: userResource }
  const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, ...withTracing() })
  expect((await scim.users.get('1')).id).toBe('1')
})
