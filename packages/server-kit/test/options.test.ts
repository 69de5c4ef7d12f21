import { userResource } from '@scimkit/core'
import { userResource as lightUser } from '@scimkit/core/schema'
import { describe, expect, it, vi } from 'vitest'
import { bearerToken, createScimHandler, memoryStore, mount, type ScimHandlerOptions } from '../src/index.js'

const token = 'token-of-sixteen-characters'

describe('createScimHandler', () => {
  const right: ScimHandlerOptions = {
    basePath: '/scim/v2',
    resources: [mount(userResource, memoryStore())],
    authenticate: bearerToken(token),
  }
  const wrong: readonly { readonly name: string; readonly given: object }[] = [
    { name: 'basePath', given: { basePath: 'scim' } },
    { name: 'basePath', given: { basePath: '/scim/' } },
    { name: 'basePath', given: { basePath: '/scim?x' } },
    { name: 'resources', given: { resources: [] } },
    { name: 'resources', given: { resources: [...right.resources, ...right.resources] } },
    { name: 'authenticate', given: { authenticate: token } },
    { name: 'baseUrl', given: { baseUrl: 'example.com' } },
    { name: 'cursorSecrets', given: { cursorSecrets: ['short'] } },
    { name: 'limits', given: { limits: { maxPageSize: 0 } } },
    { name: 'limits', given: { limits: { maxPageSize: '5' } } },
    { name: 'limits', given: { limits: { noSuchLimit: 5 } } },
    { name: 'ompatibility', given: { compatibility: 'loose' } },
    { name: 'hooks.before', given: { hooks: { before: { rename: () => undefined } } } },
    { name: 'hooks.required', given: { hooks: { required: ['provision'] } } },
    { name: 'hooks.required', given: { hooks: { required: 'deactivate' } } },
    { name: 'limits', given: { limits: { hookTimeout: 0 } } },
    { name: 'hooks.after.join', given: { hooks: { after: { join: 'yes' } } } },
    {
      name: 'outbox',
      given: {
        resources: [mount(userResource, { ...memoryStore(), outbox: undefined })],
        hooks: { after: { provision: () => undefined } },
      },
    },
    { name: 'ompatibility', given: { compatibility: { base: 'lenient', rules: { noSuchRule: true } } } },
  ]

  it.each(wrong)('refuses a wrong $name ($given) by name when it is made', ({ name, given }) => {
    expect(() => createScimHandler({ ...right, ...given } as ScimHandlerOptions)).toThrow(TypeError)
    expect(() => createScimHandler({ ...right, ...given } as ScimHandlerOptions)).toThrow(name)
  })
})

describe('onError', () => {
  it('prints by default the request id that the client was given, and the change whose hook failed', async () => {
    const printed: string[] = []
    const print = vi
      .spyOn(console, 'error')
      .mockImplementation((...parts) => void printed.push(parts.map(String).join(' ')))
    const fail = () => {
      throw new Error('on purpose')
    }
    const store = memoryStore()
    const serve = (hooks: ScimHandlerOptions['hooks']) =>
      createScimHandler({
        basePath: '/',
        resources: [mount(userResource, store)],
        authenticate: () => ({ subject: 'a' }),
        hooks,
      })
    const post = (hooks: ScimHandlerOptions['hooks'], userName: string) => {
      const headers = { 'content-type': 'application/scim+json' }
      const body = JSON.stringify({ schemas: [userResource.schema.id], userName })
      return serve(hooks).fetch(new Request('http://localhost/Users', { method: 'POST', headers, body }))
    }
    const failed = await post({ before: { provision: fail } }, 'a')
    const created = await post({ after: { provision: fail } }, 'b')
    print.mockRestore()
    expect([failed.status, created.status, printed.length]).toEqual([500, 201, 2])
    expect(printed[0]).toContain(failed.headers.get('x-request-id'))
    expect(printed[1]).toContain(created.headers.get('x-request-id'))
    expect(printed[1]).toContain(`hooks.after.provision of User ${(await created.json()).id} failed, attempt 1`)
  })
})

describe('mount', () => {
  it('refuses a definition without validators', () => {
    expect(() => mount(lightUser, memoryStore())).toThrow(/validators/)
  })

  it('refuses a store that has members but no transactions', () => {
    const { transaction, ...store } = memoryStore()
    expect(transaction).toBeDefined()
    expect(() => mount(userResource, store)).toThrow(/transaction/)
  })
})

describe('bearerToken', () => {
  it.each(['', 'short', 'has spaces in the middle', 'umlaut-ü-0123456789', '='.repeat(20)])(
    'refuses the secret %j when it is made',
    (secret) => {
      expect(() => bearerToken(secret)).toThrow(TypeError)
      expect(() => bearerToken([{ token: secret, subject: 'x' }])).toThrow(TypeError)
    },
  )

  it('refuses no secret, one given twice, and one without a subject', () => {
    expect(() => bearerToken([])).toThrow(TypeError)
    expect(() =>
      bearerToken([
        { token, subject: 'a' },
        { token, subject: 'b' },
      ]),
    ).toThrow(/twice/)
    expect(() => bearerToken([{ token, subject: '' }])).toThrow(/subject/)
  })

  it('gives the principal of the secret without the secret', async () => {
    const authenticate = bearerToken([{ token, subject: 'a', tenantId: 't', scopes: ['scim'] }])
    const headers = { authorization: `Bearer ${token}` }
    expect(await authenticate(new Request('http://localhost', { headers }))).toEqual({
      subject: 'a',
      tenantId: 't',
      scopes: ['scim'],
    })
    expect(await authenticate(new Request('http://localhost'))).toBeNull()
  })

  it('takes a short secret where a test asks for it', async () => {
    const authenticate = bearerToken('dev', { minimumLength: 1 })
    expect(await authenticate(new Request('http://localhost', { headers: { authorization: 'Bearer dev' } }))).toEqual({
      subject: 'bearer',
    })
  })
})
