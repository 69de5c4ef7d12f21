import { expect, it } from 'vitest'
import * as main from '../src/index.js'

it('exports these names', () => {
  expect(Object.keys(main).sort()).toMatchInlineSnapshot(`
    [
      "client",
      "defineConfig",
      "docs",
      "generate",
      "openapi",
      "samples",
      "types",
      "zod",
    ]
  `)
})
