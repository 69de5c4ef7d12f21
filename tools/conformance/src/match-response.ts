import { matchValue } from './match-value.js'
import type { ReceivedResponse } from './read-response.js'
import type { Expectation } from './sample.js'

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'

/**
 * Compares a response with what a sample expects, and with what the protocol asks of every response: the media type, the
 * form of errors, no body with 204 and 304, one URI in `Location` and `meta.location`, never a password.
 *
 * @param expected What the sample says, its placeholders filled in.
 * @param response The response.
 * @returns A sentence for each difference; none when it is right.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function matchResponse(expected: Expectation, response: ReceivedResponse): string[] {
  if (!expected.status.includes(response.status)) {
    return [`status must be ${expected.status.join(' or ')}, it is ${response.status}: ${response.text.slice(0, 400)}`]
  }
  return [
    ...matchHeaders(expected, response),
    ...matchForm(response),
    ...(response.status >= 400 ? matchError(expected, response) : []),
    // Where 200 and 204 are both right, the body is compared when there is one.
    ...(expected.body === undefined || response.status === 204 ? [] : matchValue(expected.body, response.body)),
  ]
}

function matchHeaders(expected: Expectation, response: ReceivedResponse): string[] {
  return Object.entries(expected.headers ?? {}).flatMap(([name, value]) => {
    const actual = response.headers.get(name) ?? undefined
    const compared = name.toLowerCase() === 'content-type' ? mediaType(actual) : actual
    return matchValue(value, compared, `header ${name}`)
  })
}

function matchForm(response: ReceivedResponse): string[] {
  if (response.status === 204 || response.status === 304) {
    return response.text === '' ? [] : [`a response ${response.status} must have no body, it has ${response.text}`]
  }
  const faults = matchValue('application/scim+json', mediaType(response.headers.get('Content-Type')), 'media type')
  if (response.body === undefined) return [...faults, `the body must be JSON, it is ${JSON.stringify(response.text)}`]
  if (response.status === 201) faults.push(...matchLocation(response))
  if (/"password"\s*:\s*"/.test(response.text)) faults.push('the body must not hold a password')
  return faults
}

/** A projection may take `meta` out of the body; the header is always there. */
function matchLocation({ headers, body }: ReceivedResponse): string[] {
  const location = headers.get('Location') ?? undefined
  const meta = (body as { meta?: { location?: unknown } }).meta // compared below, whatever it is
  return [
    ...matchValue('{{uri}}', location, 'header Location'),
    ...(meta === undefined || location === undefined ? [] : matchValue({ location }, meta, 'body.meta')),
  ]
}

function matchError(expected: Expectation, response: ReceivedResponse): string[] {
  const faults = matchValue(
    { schemas: [errorUrn], status: String(response.status), detail: '{{string}}' },
    response.body,
  )
  if (expected.scimType === undefined) return faults
  const keywords = [expected.scimType].flat()
  const actual = (response.body as { scimType?: string } | undefined)?.scimType // compared as a text only
  if (actual !== undefined && keywords.includes(actual)) return faults
  return [...faults, `scimType must be ${keywords.join(' or ')}, it is ${actual ?? 'absent'}: ${response.text}`]
}

function mediaType(contentType: string | null | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase()
}
