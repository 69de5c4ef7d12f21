import type { Answer } from './answer.js'
import { matchValue } from './match-value.js'
import type { Expectation } from './sample.js'

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'

/**
 * Compares an answer with what a sample expects, and with what the protocol asks of every answer: the media type, the
 * form of errors, no body with 204 and 304, one URI in `Location` and `meta.location`, never a password.
 *
 * @param expected What the sample says, its placeholders filled in.
 * @param answer The answer.
 * @returns A sentence for each difference; none when it is right.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function matchAnswer(expected: Expectation, answer: Answer): string[] {
  if (!expected.status.includes(answer.status)) {
    return [`status must be ${expected.status.join(' or ')}, it is ${answer.status}: ${answer.text.slice(0, 400)}`]
  }
  return [
    ...matchHeaders(expected, answer),
    ...matchForm(answer),
    ...(answer.status >= 400 ? matchError(expected, answer) : []),
    // Where 200 and 204 are both right, the body is compared when there is one.
    ...(expected.body === undefined || answer.status === 204 ? [] : matchValue(expected.body, answer.body)),
  ]
}

function matchHeaders(expected: Expectation, answer: Answer): string[] {
  return Object.entries(expected.headers ?? {}).flatMap(([name, value]) => {
    const actual = answer.headers.get(name) ?? undefined
    const compared = name.toLowerCase() === 'content-type' ? mediaType(actual) : actual
    return matchValue(value, compared, `header ${name}`)
  })
}

function matchForm(answer: Answer): string[] {
  if (answer.status === 204 || answer.status === 304) {
    return answer.text === '' ? [] : [`an answer ${answer.status} must have no body, it has ${answer.text}`]
  }
  const faults = matchValue('application/scim+json', mediaType(answer.headers.get('Content-Type')), 'media type')
  if (answer.body === undefined) return [...faults, `the body must be JSON, it is ${JSON.stringify(answer.text)}`]
  if (answer.status === 201) faults.push(...matchLocation(answer))
  if (/"password"\s*:\s*"/.test(answer.text)) faults.push('the body must not hold a password')
  return faults
}

/** A projection may take `meta` out of the body; the header is always there. */
function matchLocation({ headers, body }: Answer): string[] {
  const location = headers.get('Location') ?? undefined
  const meta = (body as { meta?: { location?: unknown } }).meta // compared below, whatever it is
  return [
    ...matchValue('{{uri}}', location, 'header Location'),
    ...(meta === undefined || location === undefined ? [] : matchValue({ location }, meta, 'body.meta')),
  ]
}

function matchError(expected: Expectation, answer: Answer): string[] {
  const faults = matchValue({ schemas: [errorUrn], status: String(answer.status), detail: '{{string}}' }, answer.body)
  if (expected.scimType === undefined) return faults
  const keywords = [expected.scimType].flat()
  const actual = (answer.body as { scimType?: string } | undefined)?.scimType // compared as a text only
  if (actual !== undefined && keywords.includes(actual)) return faults
  return [...faults, `scimType must be ${keywords.join(' or ')}, it is ${actual ?? 'absent'}: ${answer.text}`]
}

function mediaType(contentType: string | null | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase()
}
