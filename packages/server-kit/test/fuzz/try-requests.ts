import { request as sendRequest } from 'node:http'
import { groupResource, urns } from '@scimkit/core'
import fc from 'fast-check'
import { memoryStore, mount } from '../../src/index.js'
import { deviceResource } from '../http/device.js'
import { type Host, startHost, testUser, tokens } from '../http/host.js'
import { arbitraryRequest, type FuzzRequest } from './arbitrary-requests.js'

/** How a run went. */
export interface FuzzOutcome {
  /** Number of answers by status. */
  readonly statuses: ReadonlyMap<number, number>
  /** What was wrong; empty when everything held. */
  readonly faults: readonly string[]
}

/**
 * Sends random requests to a service provider. None may be answered 500, tell about its inside, be answered by anything but SCIM, leave a promise rejected,
 * or change a built-in.
 *
 * @param transport `web handler`, or `Node server` over a socket.
 * @param runs Number of requests.
 * @param seed Makes the same requests again; random when absent.
 * @returns How it went; the first fault ends the run, in its smallest form.
 */
export async function tryRequests(
  transport: 'web handler' | 'Node server',
  runs: number,
  seed?: number,
): Promise<FuzzOutcome> {
  const statuses = new Map<number, number>()
  const failures: unknown[] = []
  const note = (error: unknown): void => void failures.push(error)
  const host = await startHost(memoryStore(), transport, {
    onError: note,
    hooks: { setPassword: () => undefined },
    resources: (store) => [mount(testUser, store), mount(groupResource, store), mount(deviceResource, store)],
  })
  const user = await host.send('POST', '/Users', {
    body: { schemas: [urns.user], userName: 'ada', emails: [{ value: 'a', type: 'work' }] },
  })
  const members = [{ value: user.body.id }]
  const group = await host.send('POST', '/Groups', { body: { schemas: [urns.group], displayName: 'g', members } })
  const ids = { ID: String(user.body.id), GROUP: String(group.body.id) }
  const before = builtIns()
  process.on('unhandledRejection', note)
  const result = await fc.check(
    fc.asyncProperty(arbitraryRequest, async (given) => {
      const target = given.target.replaceAll(/\b(ID|GROUP)\b/g, (name) => ids[name as keyof typeof ids]) // both names are keys
      const answer = await (transport === 'web handler' ? sendHere : sendOver)(host, { ...given, target })
      if (!answer) return
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      checkAnswer(answer, given.method)
      if (failures.length > 0) throw new Error(`the handler failed: ${String(failures.splice(0))}`)
      if (builtIns() !== before) throw new Error('a built-in was changed')
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  )
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  await host.close()
  const faults = result.failed ? [fc.defaultReportMessage(result) ?? 'a request is wrong'] : []
  return { statuses, faults: [...faults, ...failures.map((failure) => `afterwards: ${String(failure)}`)] }
}

interface FuzzAnswer {
  readonly status: number
  readonly text: string
}

function checkAnswer({ status, text }: FuzzAnswer, method: string): void {
  if (status >= 500 && status !== 501) throw new Error(`answered ${status}: ${text}`)
  if (/\bat .*:\d+:\d+|node_modules|TypeError|RangeError/.test(text)) throw new Error(`tells about its inside: ${text}`)
  if (text === '') return
  const body: unknown = JSON.parse(text)
  if (method === 'HEAD') throw new Error('answered HEAD with a body')
  const { schemas, status: stated } = body as { schemas?: unknown; status?: unknown } // an object, or both are absent
  if (!Array.isArray(schemas)) throw new Error(`no SCIM: ${text}`)
  if (status >= 400 && (schemas[0] !== urns.error || stated !== String(status))) throw new Error(`no error: ${text}`)
}

const usual = { authorization: `Bearer ${tokens.main}`, 'content-type': 'application/scim+json' }

/** Requests that the platform itself refuses to build never reach a server. */
async function sendHere(host: Host, { method, target, headers, body }: FuzzRequest): Promise<FuzzAnswer | undefined> {
  let built: Request
  try {
    const bodiless = method === 'GET' || method === 'HEAD'
    const init = { method, headers: { ...usual, ...headers }, ...(bodiless ? {} : { body }) }
    built = new Request(`${host.origin}/scim/v2${target}`, init)
  } catch {
    return undefined
  }
  const response = await host.fetch(built)
  return { status: response.status, text: await response.text() }
}

function sendOver(host: Host, { method, target, headers, body }: FuzzRequest): Promise<FuzzAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const path = `/scim/v2${target}`
    const bodiless = method === 'GET' || method === 'HEAD'
    const length = bodiless ? undefined : { 'content-length': Buffer.byteLength(body) }
    try {
      const sent = sendRequest(
        host.origin,
        { method, path, headers: { ...usual, ...headers, ...length } },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (piece: string) => {
            text += piece
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject)
        },
      )
      sent.on('error', reject)
      sent.end(bodiless ? undefined : body)
    } catch {
      resolve(undefined)
    }
  })
}

function builtIns(): string {
  const prototypes = [Object, Array, Function, String, Number, Map, Promise].map(({ prototype }) => prototype as object)
  return prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String).join()).join('\n')
}
