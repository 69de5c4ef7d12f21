/** Use this entry to trace requests with OpenTelemetry; it needs the peer `@opentelemetry/api`. */

import { type Attributes, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { refuseUnknown } from './transport/check-options.js'
import { ScimTransportError } from './transport/errors.js'
import type { AttemptEvent, ClientHooks } from './transport/hooks.js'

/** Options of {@link withTracing}. */
export interface TracingOptions {
  /** Creates the spans; without it the one that the application has registered with `@opentelemetry/api`. */
  readonly tracer?: Tracer | undefined
}

/**
 * Creates a hook that writes a span for each attempt, whether it brought a response or was given up. URLs lose their query,
 * which may hold names of people; what a server says of an error is left out for the same reason.
 *
 * @param options Tracer, where it is not the registered one.
 * @returns The hook for `createScimClient`.
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 * @example
 * createScimClient({ baseUrl, resources, ...withTracing() })
 */
export function withTracing(options: TracingOptions = {}): Required<Pick<ClientHooks, 'onAttempt'>> {
  refuseUnknown('withTracing', options, ['tracer'])
  const tracer = options.tracer ?? trace.getTracer('@scimkit/client')
  return {
    onAttempt(event) {
      const { method } = event.request
      const startTime = Date.now() - event.duration
      const attributes = attributesOf(event)
      const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, startTime, attributes })
      if (event.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
  }
}

function attributesOf({ request, status, error }: AttemptEvent): Attributes {
  const { origin, pathname, hostname } = new URL(request.url)
  return {
    'http.request.method': request.method,
    'url.full': origin + pathname,
    'server.address': hostname,
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(error !== undefined && { 'error.type': typeOf(error, status) }),
  }
}

/** The status where it is the error, else a word of few that it may be. */
function typeOf(error: unknown, status: number | undefined): string {
  if (error instanceof ScimTransportError) return error.reason
  if (status !== undefined && status >= 400) return String(status)
  return error instanceof Error ? error.name : '_OTHER'
}
