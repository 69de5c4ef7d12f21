import type { ExchangeSample, Expectation, Given, SampleRequest } from '../../src/index.js'

/** A statement of the protocol and the request that shows it, on a service provider that holds what is given alone. */
export interface ProtocolCase extends Omit<ExchangeSample, 'provider' | 'source' | 'confidence'> {
  /** Expected in strict mode, where it differs. */
  readonly strict?: Expectation | undefined
}

export const user = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const group = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const searchRequest = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
export const listResponse = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** Ada: work and home e-mail, enterprise extension, kept as `u1`. */
export const ada: Given = {
  create: '/Users',
  as: 'u1',
  body: {
    schemas: [user, enterprise],
    userName: 'ada@example.com',
    externalId: 'HR-1815',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    displayName: 'Ada L',
    title: 'Analyst',
    active: true,
    emails: [
      { value: 'ada@example.com', type: 'work', primary: true },
      { value: 'ada@home.example.org', type: 'home' },
    ],
    [enterprise]: { department: 'Research', employeeNumber: '1815' },
  },
}

/** Charles: one e-mail, inactive, no title, kept as `u2`. */
export const charles: Given = {
  create: '/Users',
  as: 'u2',
  body: {
    schemas: [user],
    userName: 'charles@example.com',
    name: { givenName: 'Charles', familyName: 'Babbage' },
    active: false,
    emails: [{ value: 'charles@example.com', type: 'work', primary: true }],
  },
}

/** Group with the given members, kept as `g1`. */
export function analysts(...members: readonly string[]): Given {
  return {
    create: '/Groups',
    as: 'g1',
    body: { schemas: [group], displayName: 'Analysts', members: members.map((value) => ({ value })) },
  }
}

/** GET of a path below the service root. */
export function get(path: string, query?: Readonly<Record<string, string>>): SampleRequest {
  return { method: 'GET', path, query }
}

/** Another method with a body. */
export function send(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): SampleRequest {
  return { method, path, body }
}

/** PATCH of Ada with the given operations. */
export function patch(...operations: readonly object[]): SampleRequest {
  return send('PATCH', '/Users/{{u1}}', { schemas: [patchOp], Operations: operations })
}

/** Query of users by a filter. */
export function filtered(filter: string): SampleRequest {
  return get('/Users', { filter })
}

/** A list that holds the users of these placeholders, and no one else. */
export function found(...names: readonly string[]): Expectation {
  return {
    status: [200],
    body: { totalResults: names.length, Resources: names.map((name) => ({ id: `{{${name}}}` })) },
  }
}

/** An answer with one status and perhaps a body. */
export function answer(status: number, body?: unknown): Expectation {
  return body === undefined ? { status: [status] } : { status: [status], body }
}

/** A refusal with status 400. */
export function refused(scimType: string | readonly string[]): Expectation {
  return { status: [400], scimType }
}

/** Follow-up: Ada as she is now. */
export function adaIs(body: unknown) {
  return [{ request: get('/Users/{{u1}}'), answers: answer(200, body) }]
}
