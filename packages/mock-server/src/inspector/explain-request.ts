import { isObject } from '@scimkit/core/internal'
import type { RecordedRequest } from '../recorder/request-recorder.js'

/**
 * Says in sentences what a request asked, how it ended, and which readings beyond the RFC's letter it needed.
 *
 * @param request A recorded request.
 * @returns Sentences for people.
 */
export function explainRequest(request: RecordedRequest): readonly string[] {
  return [
    `${explainIntent(request)}.`,
    `${explainOutcome(request)}.`,
    ...request.notes.map(({ rule, detail }) => `Read by the rule ${rule}: ${detail}`),
  ]
}

const discovery: ReadonlySet<string> = new Set(['/Schemas', '/ResourceTypes', '/ServiceProviderConfig'])

function explainIntent({ method, path, query, body }: RecordedRequest): string {
  const [, endpoint = '', id] = path.split('/')
  if (discovery.has(`/${endpoint}`)) return 'Asks what the service provider can do'
  if (path === '/Bulk') return 'Sends several operations at once'
  if (path.endsWith('/.search')) return 'Searches, with the query in the body'
  const what = id === undefined ? endpoint : `${id} of ${endpoint}`
  switch (method) {
    case 'GET':
      return id === undefined ? explainList(endpoint, query) : `Reads ${what}`
    case 'POST':
      return `Creates a resource in ${endpoint}`
    case 'PUT':
      return `Replaces ${what} as a whole`
    case 'PATCH':
      return `Changes ${what}: ${explainOperations(body)}`
    case 'DELETE':
      return `Deletes ${what}`
    default:
      return `${method} of ${what || 'the service root'}`
  }
}

function explainList(endpoint: string, { filter, startIndex, count, sortBy }: RecordedRequest['query']): string {
  const parts = [
    filter === undefined ? `Lists ${endpoint}` : `Looks for ${endpoint} where ${filter}`,
    ...(sortBy === undefined ? [] : [`by ${sortBy}`]),
    ...(startIndex === undefined ? [] : [`from number ${startIndex}`]),
    ...(count === undefined ? [] : [`at most ${count}`]),
  ]
  return parts.join(', ')
}

function explainOperations(body: unknown): string {
  const operations = member(body, 'Operations')
  if (!Array.isArray(operations)) return 'without Operations'
  return operations
    .map((one) => `${String(member(one, 'op'))} ${String(member(one, 'path') ?? 'without path')}`)
    .join(', ')
}

function explainOutcome({ status, response, failed }: RecordedRequest): string {
  if (status === 0) return 'The connection was broken, as failNext asked for'
  const detail = member(response.body, 'detail')
  const scimType = member(response.body, 'scimType')
  const total = member(response.body, 'totalResults')
  if (failed) return `Answered ${status}, as failNext asked for`
  if (status >= 400)
    return `Refused with ${status}${scimType ? ` ${String(scimType)}` : ''}: ${String(detail ?? 'no detail')}`
  if (typeof total === 'number') return `Answered ${status} with ${total} ${total === 1 ? 'match' : 'matches'}`
  return `Answered ${status}`
}

function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
