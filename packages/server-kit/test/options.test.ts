import { userResource } from '@scimkit/core'
import { userResource as lightUser } from '@scimkit/core/schema'
import { describe, expect, it, vi } from 'vitest'
import { bearerToken, createScimHandler, memoryStore, mount, type ScimHandlerOptions } from '../src/index.js'
import { listen } from '../src/node.js'

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

  it('hooks that are undefined are hooks that are absent', () => {
    const hooks = {
      hashPassword: undefined,
      before: { leave: undefined },
      after: { join: undefined },
      required: undefined,
    }
    const resources = [mount(userResource, memoryStore())]
    expect(() =>
      createScimHandler({ basePath: '/scim/v2', resources, authenticate: bearerToken(token), hooks }),
    ).not.toThrow()
  })

  it.each([
    {
      given: { authentication: 1 },
      says: 'createScimHandler: authentication is not an option; did you mean authenticate?',
    },
    { given: { baseURL: 'x' }, says: 'baseURL is not an option; did you mean baseUrl?' },
    { given: { token }, says: 'token is not an option; the options are basePath, resources, authenticate' },
    { given: { limits: { maxPagesize: 5 } }, says: 'limits.maxPagesize is not an option; did you mean maxPageSize?' },
    { given: { limits: 5 }, says: 'createScimHandler: limits takes an object of options' },
    {
      given: { hooks: { setPasword: () => undefined } },
      says: 'hooks.setPasword is not an option; did you mean setPassword?',
    },
    {
      given: { hooks: { after: { provison: () => undefined } } },
      says: 'hooks.after.provison is not an option; did you mean provision?',
    },
    { given: { hooks: { setPassword: 'yes' } }, says: 'hooks.setPassword must be a function' },
    { given: { hooks: () => undefined }, says: 'createScimHandler: hooks takes an object of options' },
    { given: { resources: [userResource] }, says: 'resources[0] is not a mount; give mount(definition, store)' },
    {
      given: { resources: [...right.resources, ...right.resources] },
      says: 'resources holds two mounts with the endpoint /Users',
    },
  ])('refuses what is not an option, at any depth, and says what was meant: $says', ({ given, says }) => {
    expect(() => createScimHandler({ ...right, ...given } as ScimHandlerOptions)).toThrow(says)
  })

  it('passes over options that are undefined, as spreading leaves them', () => {
    expect(() =>
      createScimHandler({ ...right, token: undefined, limits: undefined } as ScimHandlerOptions),
    ).not.toThrow()
  })

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

describe('what else takes options', () => {
  it('refuses those that it does not have, by name', async () => {
    expect(() => memoryStore({ keptChange: 5 } as object)).toThrow(
      'memoryStore: keptChange is not an option; did you mean keptChanges?',
    )
    expect(() => bearerToken(token, { minLength: 5 } as object)).toThrow('bearerToken: minLength is not an option')
    const handler = createScimHandler({
      basePath: '/',
      resources: [mount(userResource, memoryStore())],
      authenticate: bearerToken(token),
    })
    await expect(listen(handler, { hosts: '::' } as object)).rejects.toThrow(
      'listen: hosts is not an option; did you mean host?',
    )
    await expect(listen(handler, { timeouts: { keepalive: 5 } } as object)).rejects.toThrow('did you mean keepAlive?')
  })
})

describe('mount', () => {
  it.each([undefined, {}, memoryStore])('refuses what is not a store: %s', (store) => {
    expect(() => mount(userResource, store as never)).toThrow('mount: the store of User is not a ResourceStore')
  })

  it('refuses what is not a definition', () => {
    expect(() => mount(undefined as never, memoryStore())).toThrow('mount: the definition is missing')
  })

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
    expect(() => bearerToken(undefined as never)).toThrow('bearerToken: the token is missing')
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
