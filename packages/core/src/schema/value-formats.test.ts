import { expect, it } from 'vitest'
import { isBase64, isDateTime, isUriReference } from './value-formats.js'

const dateTimes = {
  yes: [
    '2011-05-13T04:42:34Z',
    '2011-05-13T04:42:34.123456789Z',
    `2011-05-13T04:42:34.${'1'.repeat(43)}Z`,
    '2011-05-13T04:42:34',
    '2011-05-13T04:42:34+14:00',
    '2011-05-13T04:42:34-08:30',
    '2011-05-13T24:00:00Z',
    '2011-05-13T24:00:00.000Z',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '12026-01-31T00:00:00Z',
    '-0044-03-15T00:00:00Z',
  ],
  no: [
    '',
    '2011-05-13',
    '04:42:34Z',
    '2011-05-13 04:42:34Z',
    '2011-05-13t04:42:34z',
    '2011-05-13T04:42Z',
    '2011-05-13T04:42:34+14:01',
    '2011-05-13T04:42:34+0100',
    '2011-05-13T04:42:34.Z',
    '2011-13-13T04:42:34Z',
    '2011-00-13T04:42:34Z',
    '2011-05-00T04:42:34Z',
    '2011-04-31T04:42:34Z',
    '2011-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2011-05-13T24:00:01Z',
    '2011-05-13T24:00:00.1Z',
    '2011-05-13T23:60:00Z',
    '2011-05-13T23:59:60Z',
    '02026-01-31T00:00:00Z',
    '11-05-13T04:42:34Z',
    '2011-05-13T04:42:34Z\n',
    'Fri, 13 May 2011 04:42:34 GMT',
    `2011-05-13T04:42:34.${'1'.repeat(44)}Z`,
  ],
}

it.each(dateTimes.yes)('takes %j for a dateTime', (text) => expect(isDateTime(text)).toBe(true))
it.each(dateTimes.no)('takes %j for no dateTime', (text) => expect(isDateTime(text)).toBe(false))

const binaries = {
  yes: ['', 'TQ==', 'TQ', 'TWE=', 'TWE', 'TWFu', '+/+/'],
  no: ['T', 'TWFuT', 'TQ=', 'TWFu=', 'TWFu==', 'TW Fu', 'TW\nFu', '-_-_', 'T===', '=', 'TQ==TQ=='],
}

it.each(binaries.yes)('takes %j for base64', (text) => expect(isBase64(text)).toBe(true))
it.each(binaries.no)('takes %j for no base64', (text) => expect(isBase64(text)).toBe(false))

const references = {
  yes: [
    'https://example.com/v2/Users/1?a=b#c',
    '../Users/26118915',
    'Users/1',
    '/v2/Users/1',
    '//example.com/a',
    '?x',
    '#x',
    '',
    'bulkId:qwerty',
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'mailto:ada@example.com',
    'data:image/png;base64,iVBORw0KGgo=',
    'http://[::1]:8080/a',
    'https://example.com/%C3%A9',
    'https://example.com/é',
    'a/b:c',
  ],
  no: [
    'not a uri',
    'https://example.com/a b',
    'https://example.com/%zz',
    'https://example.com/%2',
    '<https://example.com>',
    'a"b',
    'a\\b',
    'a{b}',
    'a|b',
    'a^b',
    'a`b',
    'a\u0000b',
    'a\nb',
    ':a',
    '1a:b',
    'a b:c',
    'é:b',
  ],
}

it.each(references.yes)('takes %j for a URI', (text) => expect(isUriReference(text)).toBe(true))
it.each(references.no)('takes %j for no URI', (text) => expect(isUriReference(text)).toBe(false))
