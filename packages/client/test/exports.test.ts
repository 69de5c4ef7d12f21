import { expect, it } from 'vitest'
import * as main from '../src/index.js'
import * as oauth from '../src/oauth.js'
import * as otel from '../src/otel.js'

it('exports these names', () => {
  const names = Object.entries({ main, oauth, otel }).map(([entry, exported]) => [entry, Object.keys(exported).sort()])
  expect(Object.fromEntries(names)).toMatchInlineSnapshot(`
    {
      "main": [
        "ScimPagingError",
        "ScimPartialPatchError",
        "ScimResponseError",
        "ScimTransportError",
        "basic",
        "bearer",
        "createScimClient",
        "patch",
        "patchFrom",
      ],
      "oauth": [
        "TokenError",
        "clientCredentials",
      ],
      "otel": [
        "withTracing",
      ],
    }
  `)
})
