import { describe, expect, it } from 'vitest'
import { memoryStore } from '../src/index.js'
import { describeHttp } from './http-suite.js'

/**
 * Every test of what is mutated in one file: a mutant then costs one import of the server kit instead of fifty. Those of
 * one file stand in a suite of their own, so that what they do before and after each test concerns them alone.
 * Left out are the adapters, the fuzz, the processes and the sockets below the rules of the protocol.
 */
const tests = import.meta.glob([
  './patch/*.test.ts',
  '../src/**/*.test.ts',
  './{bulk,few-ports,forgetful-store,listener,member-stream,member-times,options,raw-requests,wrapped-store}.test.ts',
])
const failures = []
for (const [file, load] of Object.entries(tests)) {
  describe(file, () => load().then(undefined, (error) => failures.push(error)))
}

// A mutant that no module survives would leave no test to fail, and pass for one that no test notices.
it('everything can be loaded', () => expect(failures).toEqual([]))

describeHttp(() => memoryStore(), ['web handler'])
