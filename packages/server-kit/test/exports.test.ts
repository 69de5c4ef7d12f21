import { expect, it } from 'vitest'
import * as express from '../src/express.js'
import * as fastify from '../src/fastify.js'
import * as main from '../src/index.js'
import * as next from '../src/next.js'
import * as node from '../src/node.js'
import * as patch from '../src/patch.js'
import * as testing from '../src/testing.js'

it('exports these names', () => {
  const names = Object.entries({ main, patch, node, express, fastify, next, testing }).map(([entry, exported]) => [
    entry,
    Object.keys(exported).sort(),
  ])
  expect(Object.fromEntries(names)).toMatchSnapshot()
})
