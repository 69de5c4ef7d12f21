/** A run of the generator on input that means harm. */
export interface HostileRun {
  readonly name: string
  readonly file: string
  readonly schema: object
  readonly resourceType?: object
}

const attack = 'globalThis.harmed = true'

/** Texts that break out of names, strings, comments and templates, or that JavaScript and TypeScript give a meaning. */
export const hostileTexts: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '"]; x //',
  `"; ${attack}; "`,
  `'); ${attack}; ('`,
  `\\'); ${attack}; //`,
  `\`; ${attack}; \``,
  `\${${attack}}`,
  `*/ ${attack} /*`,
  `*\\/ ${attack} /*`,
  `\n*/ ${attack}`,
  `\u2028${attack}\u2029`,
  `\r\n${attack}`,
  '\\',
  '\\u0027',
  '</script><script>alert(1)</script>',
  '<!-- html',
  '--> <img src=x onerror=alert(1)> <!--',
  '// @ts-nocheck',
  '@ts-ignore',
  '@deprecated {@link evil}',
  '//# sourceMappingURL=data:,x',
  '#!/bin/sh',
  '\0\u0007\u001b[31m',
  '\u202ereversed\u202c',
  '\ufeffmark',
  '\ud800 lone surrogate',
  '学校',
  '  ',
  'x'.repeat(5_000),
  'delete',
  'await',
  'default',
  'string',
  'Meta',
  'Present',
  'Array',
  'z',
  'value-schemas',
  'con',
  'index',
  '../../outside',
  'then',
  'a-b',
  '$',
  '$ref',
  '9lives',
]

const id = 'urn:example:params:scim:schemas:extension:hostile:2.0:User'
const sound = [
  { name: 'sound', canonicalValues: ['a'] },
  { name: 'list', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }] },
]

/**
 * Puts every hostile text into every place of the input where text may stand.
 *
 * @returns The runs, each with a name that says what it tries.
 */
export function hostileRuns(): readonly HostileRun[] {
  return [...hostileTexts.flatMap(runsOf), ...clashes]
}

function runsOf(text: string, number: number): readonly HostileRun[] {
  const run = (place: string, schema: object, rest: Partial<HostileRun> = {}): HostileRun => ({
    name: `text ${number} as ${place}`,
    file: 'hostile.json',
    schema: { id, name: 'Hostile', attributes: sound, ...schema },
    ...rest,
  })
  const texts = { description: text, canonicalValues: [text, 'b'], referenceTypes: [text], [`x-${text}`]: text }
  return [
    run('attribute name', { attributes: [...sound, { name: text }] }),
    run('complex attribute name', {
      attributes: [...sound, { name: text, type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }] }],
    }),
    run('sub-attribute name', {
      attributes: [{ name: 'list', type: 'complex', multiValued: true, subAttributes: [{ name: text }] }],
    }),
    run('schema name', { name: text }),
    run('texts', {
      description: text,
      attributes: [
        { name: 'sound', ...texts },
        { name: 'link', type: 'reference', ...texts },
        { name: 'list', type: 'complex', ...texts, subAttributes: [{ name: 'value', ...texts }] },
      ],
    }),
    run('id', { id: `${id}:${text}` }),
    run('type', { attributes: [{ name: 'a', type: text }] }),
    run('file name', {}, { file: `${text}.json` }),
    run(
      'resource type',
      { id: 'urn:example:params:scim:schemas:hostile:2.0:Thing', name: 'Thing' },
      {
        resourceType: {
          name: text,
          description: text,
          endpoint: '/Things',
          schema: 'urn:example:params:scim:schemas:hostile:2.0:Thing',
        },
      },
    ),
    run(
      'endpoint',
      {},
      { resourceType: { name: 'User', endpoint: `/${text}`, schema: 'urn:ietf:params:scim:schemas:core:2.0:User' } },
    ),
  ]
}

/** Names that could only clash with one another or with what generated code declares. */
const clashes: readonly HostileRun[] = [
  ['names by case', [{ name: 'badge' }, { name: 'Badge' }]],
  ['singular and plural', [complexOf('badges', true), complexOf('badge', false)]],
  ['an attribute that takes the input’s name', [complexOf('input', false), complexOf('paths', false)]],
  ['an attribute that takes another’s input name', [complexOf('badge', false), complexOf('badgeInput', false)]],
  ['path interfaces', [complexOf('readPaths', false), complexOf('writePaths', false), complexOf('elements', true)]],
  ['dash and dollar', [complexOf('a-b', true), complexOf('a$b', true), complexOf('ab', true)]],
  ['digits', [complexOf('x509certificates', true), complexOf('x509Certificates2', true)]],
].map(([name, attributes]) => ({
  name: `clash of ${name}`,
  file: 'hostile.json',
  schema: { id, name: 'Hostile', attributes },
}))

function complexOf(name: string, multiValued: boolean): object {
  return { name, type: 'complex', multiValued, subAttributes: [{ name: 'value' }, { name: 'a-b' }] }
}
