import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedaction, findSecrets, redactBody, redactHeaders } from './redact.js'

const redactionOf = (...secrets: string[]) => createRedaction(() => secrets)
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a secret of at least eight characters', () => {
  const token = 'tok+en/12=34&5'
  const forms: Record<string, string> = {
    'as it is': token,
    'in a URL': encodeURIComponent(token),
    'in a URL with small letters': encodeURIComponent(token).toLowerCase(),
    'in a URL twice': encodeURIComponent(encodeURIComponent(token)),
    'in Base64': base64(token),
    'in Base64 behind one byte': base64(`x${token}y`),
    'in Base64 behind two bytes': base64(`xx${token}`),
    'in Base64 for URLs': Buffer.from(token).toString('base64url'),
    'in Base64 behind other text': base64(`Authorization: Bearer ${token}\nHost: a`),
    'in HTML': token.replaceAll('&', '&amp;').replaceAll('=', '&#61;').replaceAll('/', '&#x2F;'),
    'in escapes of JSON': [...token].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'in escapes of JavaScript': [...token].map((unit) => `\\x${unit.charCodeAt(0).toString(16)}`).join(''),
    'with escaped slashes': token.replaceAll('/', '\\/'),
  }
  test.each(Object.entries(forms))('is replaced %s, in text and in values', (_, form) => {
    for (const shown of [redactionOf(token).text(`before ${form} after`), redactionOf(token).value([{ a: form }])]) {
      const text = JSON.stringify(shown)
      expect(text).toContain('[redacted]')
      for (const secret of [token, form, form.slice(4, -4)]) expect(text).not.toContain(secret)
    }
  })

  test('is replaced in a form, where a blank is a plus', () => {
    expect(redactionOf('a pass phrase').text('password=a+pass+phrase&x=1')).toBe('password=[redacted]&x=1')
  })

  test('goes with all that only shows it in another encoding, and leaves the rest as it is', () => {
    expect(redactionOf(token).text('a%20b &amp; \\u0041')).toBe('a%20b &amp; \\u0041')
    expect(redactionOf(token).text('no secret')).toBe('no secret')
  })

  test('is replaced before a part of it', () => {
    expect(redactionOf('password1', 'user:password1').text('user:password1')).toBe('[redacted]')
  })

  test('does not show in any value, whatever the value and wherever it stands', () => {
    const secret = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => text.trim().length >= 8)
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (given, before, after) => {
        const { text, value } = redactionOf(given)
        expect(text(before + given + after).replaceAll('[redacted]', '')).not.toContain(given)
        expect(JSON.stringify(value({ detail: before + given }))).not.toContain(JSON.stringify(given).slice(1, -1))
      }),
    )
  })
})

describe('a shorter secret', () => {
  test('is replaced only where it is the whole value', () => {
    const { text, value } = redactionOf('scim')
    expect(text('a scim server')).toBe('a scim server')
    expect(text(' scim\n')).toBe('[redacted]')
    expect(value({ a: 'scim', b: 'scim:', c: ['scim'], d: { e: 'scim' } })).toEqual({
      a: '[redacted]',
      b: 'scim:',
      c: ['[redacted]'],
      d: { e: '[redacted]' },
    })
  })

  test('begins below eight characters', () => {
    expect(redactionOf('1234567').text('x1234567x')).toBe('x1234567x')
    expect(redactionOf('12345678').text('x12345678x')).toBe('x[redacted]x')
  })

  test('of no characters is none', () => {
    expect(redactionOf('').text('')).toBe('')
    expect(redactionOf('').value({ a: '' })).toEqual({ a: '' })
  })
})

describe('what the protocol writes', () => {
  const body = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '409',
    scimType: 'uniqueness',
    detail: 'detail of the error',
    Errors: [{ code: '409', description: 'no' }],
  }
  const words = [
    'schemas',
    'status',
    'scimType',
    'uniqueness',
    'detail',
    'scim',
    '409',
    'messages',
    'Errors',
    'urn:ietf:params',
  ]

  test.each(words)('stays where the secret is %s', (secret) => {
    const shown = redactionOf(secret).value(body) as typeof body // it keeps its shape
    expect(shown).toEqual({ ...body, detail: body.detail.replaceAll(secret.length < 8 ? '\0' : secret, '[redacted]') })
  })

  test('does not hide a secret', () => {
    const token = 'tok-12345678-abcdef'
    const hidden = { status: token, scimType: token, code: token, schemas: [token], [token]: 1, [`x${token}`]: 2 }
    expect(JSON.stringify(redactionOf(token).value(hidden))).not.toContain(token)
    expect(redactionOf('12345678').value({ a: 12345678, b: 1234567, status: 404 })).toEqual({
      a: '[redacted]',
      b: 1234567,
      status: 404,
    })
  })

  test('keeps keys that no secret stands in, and values that are neither text nor number', () => {
    const given = { a: null, b: true, c: [], d: {}, __proto__: undefined }
    expect(redactionOf('tok-12345678-abcdef').value(given)).toEqual({ a: null, b: true, c: [], d: {} })
  })
})

describe('the secrets of a request', () => {
  const secretsOf = (headers: Record<string, string>, body?: unknown) => findSecrets(new Headers(headers), body)

  test('are its credentials, by every scheme', () => {
    expect(secretsOf({ authorization: 'Bearer abc' })).toEqual(['abc'])
    expect(secretsOf({ authorization: 'abc' })).toEqual(['abc'])
    expect(secretsOf({ authorization: `Basic ${base64('ada:pass:word')}` })).toEqual([
      base64('ada:pass:word'),
      'ada:pass:word',
      'pass:word',
    ])
    expect(secretsOf({ authorization: 'basic %%%' })).toEqual(['%%%', '', ''])
    expect(secretsOf({ 'x-api-key': 'k', cookie: 'a=1; session=s e', accept: 'x' })).toEqual([
      'a=1; session=s e',
      '1',
      's e',
      'k',
    ])
  })

  test('are the passwords in its body', () => {
    const Operations = [
      { op: 'replace', path: 'password', value: 'p1' },
      { op: 'replace', value: { password: 'p2', title: 't' } },
      { op: 'replace', path: 'title', value: 'p3' },
    ]
    expect(secretsOf({}, { password: 'p0', Operations })).toEqual(['p0', 'p1', 'p2'])
    expect(secretsOf({}, { password: null })).toEqual([])
  })
})

describe('a body', () => {
  const urn = 'urn:ietf:params:scim:schemas:core:2.0:User'
  const secret = 'correct horse'
  const bodies: Record<string, unknown> = {
    'of a resource': { password: secret },
    'with a name in another case': { PassWord: secret },
    'with a name of the extension': { [`${urn}:password`]: secret },
    'with a dot before the name': { [`${urn}.password`]: secret },
    'with a password of another name': { newPassword: secret },
    'of a patch by its name': { Operations: [{ op: 'replace', path: 'password', value: secret }] },
    'of a patch in another case': { Operations: [{ op: 'Replace', path: 'Password', value: secret }] },
    'of a patch with the URN': { Operations: [{ op: 'replace', path: `${urn}:password`, value: secret }] },
    'of a patch with the URN and a dot': { Operations: [{ op: 'add', path: `${urn}.password`, value: secret }] },
    'of a patch with brackets': { Operations: [{ op: 'add', path: 'password[type eq "x"]', value: secret }] },
    'of a patch with a sub-attribute': { Operations: [{ op: 'add', path: 'password.value', value: secret }] },
    'of a patch of other servers': { operations: [{ Op: 'Add', Path: 'password', Value: secret }] },
    'of a patch without a path': { Operations: [{ op: 'add', value: { password: secret } }] },
    'of a patch without a path, by URN': { Operations: [{ op: 'add', value: { [`${urn}:password`]: secret } }] },
    'of a patch with an object': { Operations: [{ op: 'add', path: 'password', value: { value: secret } }] },
    'of a bulk request': { Operations: [{ method: 'POST', path: '/Users', data: { password: secret } }] },
    'of a patch in a bulk request': {
      Operations: [
        { method: 'PATCH', path: '/Users/1', data: { Operations: [{ op: 'add', path: 'password', value: secret }] } },
      ],
    },
    'of a search': { filter: `userName eq "a" and password eq "${secret}"` },
  }
  test.each(Object.entries(bodies))('%s loses its password', (_, body) => {
    expect(redactBody(body)).toContain('[redacted]')
    expect(redactBody(body)).not.toContain(secret)
  })

  test('keeps all else', () => {
    const body = {
      schemas: [urn],
      title: 'password',
      passwordPolicy: 'strict',
      emails: [{ value: 'a.password@example.com', type: 'password' }],
      Operations: [
        { op: 'add', path: 'emails[type eq "password"].value', value: 'x' },
        { op: 'add', path: 'passwordless', value: 'y' },
        { op: 'add', value: { title: 'z' } },
      ],
    }
    expect(redactBody(body)).toBe(JSON.stringify(body))
    expect(redactBody(undefined)).toBeUndefined()
  })
})

test('headers that hold secrets are replaced whole, and a challenge is kept', () => {
  const headers = new Headers({
    authorization: 'Bearer x',
    'proxy-authorization': 'x',
    'set-cookie': 'a=b',
    'x-api-key': 'k',
    'x-token': 't',
    'client-secret': 's',
    'www-authenticate': 'Bearer realm="x"',
    'x-echo': 'a-secret-token here',
  })
  expect(redactHeaders(headers, redactionOf('a-secret-token'))).toEqual({
    authorization: '[redacted]',
    'client-secret': '[redacted]',
    'proxy-authorization': '[redacted]',
    'set-cookie': '[redacted]',
    'www-authenticate': 'Bearer realm="x"',
    'x-api-key': '[redacted]',
    'x-echo': '[redacted] here',
    'x-token': '[redacted]',
  })
})
