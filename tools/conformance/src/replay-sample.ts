import { fillPlaceholders } from './fill-placeholders.js'
import { matchResponse } from './match-response.js'
import type { ReceivedResponse } from './read-response.js'
import type { Captures, ConversationSample, Exchange, ExchangeSample, Given, Outcome } from './sample.js'
import { sendRequest, type Target } from './send-request.js'

/** One request that was sent, and what was wrong with its response. */
export interface ReplayStep {
  readonly title: string
  readonly status: number
  /** A sentence for each difference; empty when the response is right. */
  readonly faults: readonly string[]
}

/** All requests of a replay, in the order in which they were sent. */
export interface ReplayReport {
  readonly id: string
  readonly steps: readonly ReplayStep[]
  /** Faults of all steps, each with the step's title. */
  readonly faults: readonly string[]
}

/** Options of {@link replaySample}. */
export interface ReplayOptions {
  /** What to expect in the place of the sample's own response and follow-ups, such as `sample.strict`. */
  readonly outcome?: Outcome | undefined
}

/**
 * Replays one sample: creates what it needs, sends its request, compares the response, then the state that it left.
 *
 * @param sample The sample.
 * @param target A service provider without resources.
 * @param options Another outcome than the sample's own.
 * @returns What was sent and every difference.
 */
export async function replaySample(
  sample: ExchangeSample,
  target: Target,
  options: ReplayOptions = {},
): Promise<ReplayReport> {
  const replay = createReplay(target)
  for (const given of sample.given ?? []) await replay.create(given)
  await replay.exchange(sample.title, sample, options.outcome)
  return report(sample.id, replay.steps)
}

/**
 * Replays a conversation step by step on one service provider; what samples are given in their own files is left to
 * the steps before them.
 *
 * @param conversation The conversation.
 * @param samples Samples that its steps name.
 * @param target A service provider without resources.
 * @returns What was sent and every difference.
 * @throws {Error} When a step names a sample that is not there.
 */
export async function replayConversation(
  conversation: ConversationSample,
  samples: readonly ExchangeSample[],
  target: Target,
): Promise<ReplayReport> {
  const replay = createReplay(target)
  for (const step of conversation.steps) {
    if ('create' in step) await replay.create(step)
    else if ('request' in step) await replay.exchange(step.title, step)
    else {
      const sample = samples.find((candidate) => candidate.id === step.sample)
      if (!sample) throw new Error(`${conversation.id} names the sample ${step.sample}, which is not there`)
      await replay.exchange(`${sample.id} ${sample.title}`, sample)
    }
  }
  return report(conversation.id, replay.steps)
}

function createReplay(target: Target) {
  const captured = new Map<string, string>([['base', target.baseUrl]])
  const steps: ReplayStep[] = []

  async function exchange(title: string, asked: Exchange, outcome?: Outcome): Promise<void> {
    const expected: Outcome = outcome ?? { ...asked.answers, after: asked.after }
    const response = await sendRequest(target, asked.request, captured)
    const faults = matchResponse(fillPlaceholders(expected, captured), response)
    if (response.status < 400) faults.push(...keep(asked.capture, response, captured))
    steps.push({ title, status: response.status, faults })
    for (const follow of expected.after ?? []) {
      await exchange(`${title}: then ${follow.request.method} ${follow.request.path}`, follow)
    }
  }

  function create(given: Given): Promise<void> {
    return exchange(`given ${given.as}`, {
      request: { method: 'POST', path: given.create, body: given.body },
      answers: { status: [201] },
      capture: { [given.as]: { body: '/id' }, ...given.capture },
    })
  }

  return { steps, exchange, create }
}

function keep(captures: Captures | undefined, response: ReceivedResponse, captured: Map<string, string>): string[] {
  return Object.entries(captures ?? {}).flatMap(([name, source]) => {
    const value = 'header' in source ? response.headers.get(source.header) : valueAt(response.body, source.body)
    if (typeof value !== 'string') return [`nothing to capture for ${name} at ${Object.values(source).join()}`]
    captured.set(name, value)
    return []
  })
}

/** Follows a JSON pointer (RFC 6901) without its escapes, which no attribute name needs. */
function valueAt(body: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => {
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined // any object
    }, body)
}

function report(id: string, steps: readonly ReplayStep[]): ReplayReport {
  return { id, steps, faults: steps.flatMap((step) => step.faults.map((fault) => `${step.title}: ${fault}`)) }
}
