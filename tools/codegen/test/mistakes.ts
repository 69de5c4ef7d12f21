/** A mistake as somebody makes it, and every line that is said about it. */
export interface Mistake {
  readonly name: string
  /** Files by name, beside a sound `acme.json`; text stays as it is, everything else becomes JSON. */
  readonly files?: Readonly<Record<string, unknown>>
  /** Arguments; `generate --schemas bad.json --out out` when absent. */
  readonly given?: readonly string[]
  /** The lines on standard error. */
  readonly want: readonly string[]
}

const urn = 'urn:example:params:scim:schemas:extension:bad:2.0:User'

const schemaOf = (...attributes: readonly unknown[]) => ({ id: urn, name: 'Bad', attributes })
const bad = (...attributes: readonly unknown[]) => ({ 'bad.json': schemaOf(...attributes) })
const list = { name: 'list', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }] }

/** Mistakes in schema files. */
export const schemaMistakes: readonly Mistake[] = [
  { name: 'a file that is not there', want: [] },
  { name: 'an empty file', files: { 'bad.json': ' \n' }, want: [] },
  { name: 'a comma too many', files: { 'bad.json': '{\n  "id": "x",\n}' }, want: [] },
  { name: 'a missing comma', files: { 'bad.json': '{\n  "id": "x"\n  "name": "y"\n}' }, want: [] },
  { name: 'a web page', files: { 'bad.json': '<!doctype html><title>Sign in</title>' }, want: [] },
  { name: 'a member that stands twice', files: { 'bad.json': '{ "id": "a",\n "id": "b", "attributes": [] }' }, want: [] },
  { name: 'a text', files: { 'bad.json': '"hello"' }, want: [] },
  { name: 'an empty list', files: { 'bad.json': [] }, want: [] },
  { name: 'a list with something else in it', files: { 'bad.json': [schemaOf({ name: 'a' }), 5] }, want: [] },
  { name: 'a package.json', files: { 'bad.json': { name: 'app', version: '1.0.0' } }, want: [] },
  { name: 'a resource', files: { 'bad.json': { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' } }, want: [] },
  { name: 'an error of a server', files: { 'bad.json': { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401' } }, want: [] },
  { name: 'no attributes', files: bad(), want: [] },
  { name: 'attributes as an object', files: { 'bad.json': { id: urn, attributes: { a: {} } } }, want: [] },
  { name: 'no id', files: { 'bad.json': { name: 'Bad', attributes: [{ name: 'a' }] } }, want: [] },
  { name: 'an id that is no URN', files: { 'bad.json': { ...schemaOf({ name: 'a' }), id: 'acme' } }, want: [] },
  { name: 'a schema of SCIM 1.1', files: { 'bad.json': { ...schemaOf({ name: 'a' }), id: 'urn:scim:schemas:core:1.0:User' } }, want: [] },
  { name: 'schemas of another kind', files: { 'bad.json': { ...schemaOf({ name: 'a' }), schemas: ['urn:x:y'] } }, want: [] },
  { name: 'an attribute that is a text', files: bad('badgeNumber'), want: [] },
  { name: 'an attribute without a name', files: bad({ type: 'string' }), want: [] },
  { name: 'an attribute name with a space', files: bad({ name: 'badge number' }), want: [] },
  { name: 'an attribute name that JavaScript has', files: bad({ name: 'constructor' }), want: [] },
  { name: 'an attribute that is there twice', files: bad({ name: 'a' }, { name: 'a' }), want: [] },
  { name: 'names that differ by case alone', files: bad({ name: 'badge' }, { name: 'Badge' }), want: [] },
  { name: 'an unknown type', files: bad({ name: 'a', type: 'int' }), want: [] },
  { name: 'a type in other case', files: bad({ name: 'a', type: 'DateTime' }), want: [] },
  { name: 'a boolean in quotes', files: bad({ name: 'a', multiValued: 'true' }), want: [] },
  { name: 'an unknown mutability', files: bad({ name: 'a', mutability: 'read-only' }), want: [] },
  { name: 'an unknown returned', files: bad({ name: 'a', returned: 'sometimes' }), want: [] },
  { name: 'an unknown uniqueness', files: bad({ name: 'a', uniqueness: true }), want: [] },
  { name: 'canonical values as one text', files: bad({ name: 'a', canonicalValues: 'work,home' }), want: [] },
  { name: 'a characteristic in other case', files: bad({ name: 'a', Required: true }), want: [] },
  { name: 'a complex attribute without sub-attributes', files: bad({ name: 'a', type: 'complex' }), want: [] },
  { name: 'sub-attributes of a simple attribute', files: bad({ ...list, type: 'string' }), want: [] },
  { name: 'sub-attributes that are no list', files: bad({ ...list, subAttributes: { value: 'string' } }), want: [] },
  { name: 'a complex attribute within a complex one', files: bad({ ...list, subAttributes: [list] }), want: [] },
  { name: 'a fault deep within', files: bad({ ...list, subAttributes: [{ name: 'value', type: 'text' }] }), want: [] },
  { name: 'what is written and returned', files: bad({ name: 'pin', mutability: 'writeOnly', returned: 'always' }), want: [] },
  { name: 'what nobody can use', files: bad({ name: 'pin', mutability: 'readOnly', returned: 'never' }), want: [] },
  { name: 'a document without end', files: { 'bad.json': `${'['.repeat(9_000)}${']'.repeat(9_000)}` }, want: [] },
  { name: 'the same schema in two files', files: { ...bad({ name: 'a' }), 'twin.json': schemaOf({ name: 'a' }) }, given: ['generate', '--schemas', 'bad.json', 'twin.json', '--out', 'out'], want: [] },
  { name: 'several faults in several files', files: { ...bad({ name: 'a', type: 'int' }, { name: 'b', returned: 1 }), 'worse.json': '{' }, given: ['generate', '--schemas', 'bad.json', 'worse.json', '--out', 'out'], want: [] },
]

const user = { name: 'User', endpoint: '/Users', schema: 'urn:ietf:params:scim:schemas:core:2.0:User' }
const acme = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
const withTypes = ['generate', '--schemas', 'acme.json', '--resource-types', 'types.json', '--out', 'out']
const types = (...documents: readonly unknown[]) => ({ files: { 'types.json': documents }, given: withTypes })

/** Mistakes in resource types. */
export const resourceTypeMistakes: readonly Mistake[] = [
  { name: 'resource types that are not there', given: withTypes, want: [] },
  { name: 'a resource type without a name', ...types({ ...user, name: '' }), want: [] },
  { name: 'a resource type without an endpoint', ...types({ name: 'User', schema: user.schema, schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'] }), want: [] },
  { name: 'an endpoint that is a URL', ...types({ ...user, endpoint: 'https://example.com/Users' }), want: [] },
  { name: 'a base schema that is no URN', ...types({ ...user, schema: 'User' }), want: [] },
  { name: 'a base schema that is nowhere', ...types({ ...user, schema: `${acme}s` }), want: [] },
  { name: 'an extension that is nowhere', ...types({ ...user, schemaExtensions: [{ schema: `${acme}s` }] }), want: [] },
  { name: 'an extension as a text', ...types({ ...user, schemaExtensions: [acme] }), want: [] },
  { name: 'extensions as one object', ...types({ ...user, schemaExtensions: { schema: acme } }), want: [] },
  { name: 'an extension that is listed twice', ...types({ ...user, schemaExtensions: [{ schema: acme }, { schema: acme }] }), want: [] },
  { name: 'an extension that is the base of another type', ...types({ ...user, schemaExtensions: [{ schema: acme }] }, { name: 'Acme', endpoint: '/Acme', schema: acme }), want: [] },
  { name: 'Group as an extension', ...types({ ...user, schemaExtensions: [{ schema: 'urn:ietf:params:scim:schemas:core:2.0:Group' }] }), want: [] },
  { name: 'two resource types of one name', ...types(user, { ...user, endpoint: '/People' }), want: [] },
  { name: 'two resource types at one endpoint', ...types(user, { ...user, name: 'Person', endpoint: '/users' }), want: [] },
]

/** Mistakes in commands and flags. */
export const flagMistakes: readonly Mistake[] = [
  { name: 'no command', given: [], want: [] },
  { name: 'a command that does not exist', given: ['gen'], want: [] },
  { name: 'a flag that does not exist', given: ['generate', '--schema', 'acme.json', '--out', 'out'], want: [] },
  { name: 'a flag without its value', given: ['generate', '--schemas', 'acme.json', '--out'], want: [] },
  { name: 'a flag in place of a value', given: ['generate', '--schemas', '--out', 'out'], want: [] },
  { name: 'a value for a switch', given: ['generate', '--schemas', 'acme.json', '--out', 'out', '--check=yes'], want: [] },
  { name: 'no --schemas', given: ['generate', '--out', 'out'], want: [] },
  { name: 'no --out', given: ['generate', '--schemas', 'acme.json'], want: [] },
  { name: 'files without their flag', given: ['generate', 'acme.json', '--out', 'out'], want: [] },
  { name: 'two output folders', given: ['generate', '--schemas', 'acme.json', '--out', 'out', '--out', 'other'], want: [] },
  { name: 'a pattern that matches nothing', given: ['generate', '--schemas', 'schemas/*.json', '--out', 'out'], want: [] },
  { name: 'a folder without JSON files', given: ['generate', '--schemas', 'out', '--out', 'out'], want: [] },
  { name: 'a file in place of the output folder', given: ['generate', '--schemas', 'acme.json', '--out', 'acme.json'], want: [] },
  { name: 'a folder in place of the OpenAPI file', given: ['openapi', '--schemas', 'acme.json', '--out', 'out'], want: [] },
  { name: 'a URL that is none', given: ['pull', 'example.com/scim', '--out', 'out'], want: [] },
  { name: 'a URL with a password', given: ['pull', 'https://ada:secret@example.com/scim', '--out', 'out'], want: [] },
  { name: 'a token over plain http', given: ['pull', 'http://example.com/scim', '--token', 't', '--out', 'out'], want: [] },
  { name: 'a server that is not there', given: ['pull', 'http://127.0.0.1:1/scim', '--out', 'out'], want: [] },
  { name: 'one source to compare', given: ['diff', 'acme.json'], want: [] },
  { name: 'a faulty source to compare', files: bad({ name: 'a', type: 'int' }), given: ['diff', 'acme.json', 'bad.json'], want: [] },
  { name: 'a module that is none', files: { 'badge.mjs': 'export const =' }, given: ['from-zod', 'badge.mjs', '--out', 'out/badge.json'], want: [] },
  { name: 'a module without a zod object', files: { 'badge.mjs': 'export const a = 1' }, given: ['from-zod', 'badge.mjs', '--out', 'out/badge.json'], want: [] },
]
