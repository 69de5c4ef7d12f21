import { expect, it } from 'vitest'
import * as mockServer from '../src/index.js'

it('exports these names and no others', () => {
  expect(Object.keys(mockServer)).toEqual(['createMockServer'])
})
