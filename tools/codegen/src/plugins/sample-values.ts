import { foldCase } from '@scimkit/core/documents'
import type { AttributeModel } from '../model/schema-model.js'

/** Where in a sample a value stands. */
export interface ValuePlace {
  /** Number of the resource, 0 or more. */
  readonly seed: number
  /** Number that tells values of one attribute apart within the resource. */
  readonly variant: number
  /** Number that tells values of one attribute apart over all resources. */
  readonly number: number
  /** Path of the attribute, such as `emails.value`. */
  readonly path: string
}

const people = [
  ['Ada', 'King'],
  ['Grace', 'Hopper'],
  ['Alan', 'Turing'],
  ['Barbara', 'Liskov'],
  ['Edsger', 'Dijkstra'],
  ['Radia', 'Perlman'],
  ['Donald', 'Knuth'],
  ['Frances', 'Allen'],
] as const
const units = ['Engineering', 'Sales', 'Support', 'Finance']

/** A text that fits what an attribute means. */
interface Meaning {
  /** Paths that mean it, folded, without a last `value`. */
  readonly path: RegExp
  readonly make: (place: ValuePlace) => string
  /** Whether no two resources get the same text. */
  readonly unique?: true
}

const meanings: readonly Meaning[] = [
  { path: /mail(s|address(es)?)?$/, make: emailOf, unique: true },
  { path: /(user|login)_?name$|^login$|^ims?$/, make: loginOf, unique: true },
  { path: /locale$/, make: oneOf('en-GB', 'fr-FR', 'de-DE') },
  { path: /languages?$/, make: oneOf('en-GB', 'fr', 'de') },
  { path: /time_?zone$/, make: oneOf('Europe/London', 'Europe/Paris', 'Europe/Berlin') },
  { path: /currency(code)?$/, make: oneOf('GBP', 'EUR', 'USD') },
  { path: /(phone|mobile|fax)(numbers?|s)?$/, make: ({ number }) => `tel:+1-201-555-0${100 + (number % 100)}` },
  { path: /(url|uri|website)$/, make: (place) => `https://example.com/${loginOf(place)}`, unique: true },
  {
    path: /address(es)?\.formatted$/,
    make: oneOf('1 High Street, Oxford', '2 Rue Haute, Lyon', '3 Hauptstraße, Köln'),
  },
  { path: /street_?(address)?$/, make: oneOf('1 High Street', '2 Rue Haute', '3 Hauptstraße') },
  { path: /(locality|city)$/, make: oneOf('Oxford', 'Lyon', 'Köln') },
  { path: /address(es)?\.region$/, make: oneOf('Oxfordshire', 'Rhône', 'NRW') },
  { path: /(postal|zip)_?code$/, make: oneOf('OX1 1AA', '69001', '50667') },
  { path: /country(code)?$/, make: oneOf('GB', 'FR', 'DE') },
  { path: /(given|first|nick)_?name$/, make: ({ seed }) => personOf(seed)[0] },
  { path: /(family|last|sur)_?name$/, make: ({ seed }) => personOf(seed)[1] },
  { path: /(^|\.)(name\.formatted|full_?name)$/, make: ({ seed }) => personOf(seed).join(' ') },
  { path: /middle_?name$/, make: oneOf('Lee', 'Jo') },
  { path: /honorific_?prefix$/, make: oneOf('Dr.', 'Prof.') },
  { path: /honorific_?suffix$/, make: oneOf('PhD', 'MSc') },
  { path: /(^|\.)(job_?)?title$/, make: oneOf('Engineer', 'Manager', 'Analyst') },
  { path: /user_?type$/, make: oneOf('Employee', 'Contractor') },
  { path: /(department|division)$/, make: oneOf(...units) },
  { path: /organi[sz]ation$/, make: oneOf('Example Ltd') },
  { path: /(employee_?number|cost_?cent(er|re))$/, make: ({ number }) => String(1001 + number), unique: true },
  { path: /password$/, make: ({ number }) => `Sample-passphrase-${number + 1}`, unique: true },
  { path: /(^|\.)roles?$/, make: oneOf('member', 'administrator', 'auditor') },
]

/**
 * Makes a text that looks like what its attribute is named after.
 *
 * @param attribute Attribute of texts.
 * @param place Where the value stands.
 * @returns The text; `undefined` where the name tells nothing, or what it tells would not be unique.
 */
export function sampleText({ uniqueness }: AttributeModel, place: ValuePlace): string | undefined {
  const path = foldCase(place.path).replace(/\.value$/, '')
  const meaning = meanings.find((one) => one.path.test(path))
  return uniqueness === 'none' || meaning?.unique ? meaning?.make(place) : undefined
}

/**
 * Names a resource as people would.
 *
 * @param attributes Attributes of its base schema; what they hold tells groups and people from other things.
 * @param name Name of its type.
 * @param seed Number of the resource.
 * @returns The name, another one for each number.
 */
export function displayNameOf(attributes: readonly AttributeModel[], name: string, seed: number): string {
  const has = (wanted: string) => attributes.some((attribute) => foldCase(attribute.name) === wanted)
  const round = Math.floor(seed / units.length)
  if (has('members')) return `${units[seed % units.length]}${round === 0 ? '' : ` ${round + 1}`}`
  return has('username') ? personOf(seed).join(' ') : `${name} ${seed + 1}`
}

function personOf(seed: number): readonly [given: string, family: string] {
  const [given, family] = people[seed % people.length] ?? people[0]
  const round = Math.floor(seed / people.length)
  return [given, round === 0 ? family : `${family} ${round + 1}`]
}

function loginOf({ seed, variant }: ValuePlace): string {
  const login = personOf(seed).join('.').toLowerCase().replace(' ', '')
  return variant === 0 ? login : `${login}-${variant + 1}`
}

function emailOf(place: ValuePlace): string {
  return `${loginOf(place)}@example.com`
}

function oneOf(...texts: readonly string[]): Meaning['make'] {
  return ({ seed, variant }) => texts[(seed + variant) % texts.length] ?? ''
}
