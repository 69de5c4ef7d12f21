import { bearerToken } from '@scimkit/server-kit'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { smallUser, token } from './contestants.js'
import { serveCounted } from './counted-process.js'

/**
 * scimmy-routers as its README says, over a store in memory that keeps what it is given and checks nothing. Users that
 * are created go to another tenant than the 100 that are listed: it gives all users of a tenant to every list.
 */
type StoredUser = InstanceType<typeof SCIMMY.Schemas.User>

const tenants = { listed: new Map<string, StoredUser>(), created: new Map<string, StoredUser>() }
const usersOf = (tenant: unknown): Map<string, StoredUser> => tenants[tenant as keyof typeof tenants] // given by mount
let last = 0

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .ingress((resource, data, tenant) => {
    const id = resource.id ?? String(++last)
    const meta = { created: new Date(), lastModified: new Date() }
    const user = { ...JSON.parse(JSON.stringify(data)), id, meta } as StoredUser // a copy of one
    usersOf(tenant).set(id, user)
    return user
  })
  .egress((resource, tenant) => {
    if (resource.id === undefined) return [...usersOf(tenant).values()]
    const user = usersOf(tenant).get(resource.id)
    if (!user) throw new SCIMMY.Types.Error(404, '', 'no such user')
    return user
  })
  .degress((resource, tenant) => void usersOf(tenant).delete(resource.id ?? ''))
SCIMMY.Resources.declare(SCIMMY.Resources.Group)
  .egress(() => [])
  .ingress((_, data) => data)
  .degress(() => undefined)

const authenticate = bearerToken(token)

function mount(tenant: keyof typeof tenants): express.Express {
  const app = express()
  // It makes numbers of startIndex and count in the query, which Express 5 parses anew at each look.
  app.set('query parser', (text: string) => {
    const number = ([name, value]: [string, string]) => [name, /^\d+$/.test(value) ? Number(value) : value]
    return Object.fromEntries([...new URLSearchParams(text)].map(number))
  })
  const handler = async (request: express.Request): Promise<string> => {
    const get = (name: string): string | null => request.header(name) ?? null
    const principal = await authenticate({ headers: { get } } as unknown as Request) // all that a token check reads
    if (!principal) throw new Error('no token')
    return principal.subject
  }
  app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler, context: () => tenant }))
  return app
}

for (let n = 0; n < 100; n++) {
  await new SCIMMY.Resources.User().write(smallUser(`user-${n}@list.example.com`), 'listed')
}
await serveCounted('1', [mount('listed'), mount('created')])
