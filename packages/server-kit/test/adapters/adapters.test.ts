import { afterAll, beforeAll, describe } from 'vitest'
import { answerCases } from './answer-cases.js'
import { bodyCases } from './body-cases.js'
import { connectionCases } from './connection-cases.js'
import { methodCases } from './method-cases.js'
import { pathCases } from './path-cases.js'
import { type Adapter, adapters, type Behind } from './start-adapters.js'

const topics: readonly (readonly [string, (adapter: Adapter, behind: () => Behind) => void])[] = [
  ['paths', pathCases],
  ['methods', methodCases],
  ['bodies', bodyCases],
  ['answers', answerCases],
  ['connections', connectionCases],
]

describe.each(adapters)('$name', (adapter) => {
  let running: Behind | undefined
  const behind = (): Behind => {
    if (running) return running
    throw new Error('the adapter is not started')
  }
  beforeAll(async () => {
    running = await adapter.start()
  })
  afterAll(() => running?.close())
  for (const [topic, cases] of topics) describe(topic, () => cases(adapter, behind))
})
