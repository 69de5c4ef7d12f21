import { SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { ClientHooks } from './connection.js'

/** Options of {@link withTracing}. */
export interface TracingOptions {
  /** Makes the spans; without it the one that the application has registered with `@opentelemetry/api`. */
  readonly tracer?: Tracer | undefined
}

/**
 * Makes hooks that write a span for each answer, and one for each try that is repeated without an answer. URLs lose
 * their query, which may hold names of people. A try that fails without an answer and is not repeated leaves no span:
 * the call's own error tells of it.
 *
 * @param options Of the tracing.
 * @returns Hooks for `createScimClient`.
 * @example
 * createScimClient({ baseUrl, resources, ...withTracing() })
 */
export function withTracing(
  options: TracingOptions = {},
): Required<Pick<ClientHooks, 'onRequest' | 'onResponse' | 'onRetry'>> {
  const tracer = options.tracer ?? trace.getTracer('@scimkit/client')
  const open = new WeakMap<object, number>()
  const write = (request: { readonly method: string; readonly url: string }, status: number | undefined): void => {
    const startTime = open.get(request)
    if (startTime === undefined) return
    open.delete(request)
    const attributes = {
      'http.request.method': request.method,
      'url.full': request.url.split('?')[0],
      'http.response.status_code': status,
    }
    const span = tracer.startSpan(request.method, { kind: SpanKind.CLIENT, startTime, attributes })
    if (status === undefined || status >= 400) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
  }
  return {
    onRequest: ({ request }) => void open.set(request, Date.now()),
    onResponse: ({ request, status }) => write(request, status),
    onRetry: ({ error }) => {
      const { request } = error as { readonly request?: Parameters<typeof write>[0] } // any error may be asked for it
      if (request) write(request, undefined)
    },
  }
}
