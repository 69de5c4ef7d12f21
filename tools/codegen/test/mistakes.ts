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
  { name: 'a file that is not there', want: ['bad.json: no such file, and no file matches; check the path'] },
  {
    name: 'an empty file',
    files: { 'bad.json': ' \n' },
    want: ['bad.json: the file is empty; the file must hold a JSON document'],
  },
  {
    name: 'a comma too many',
    files: { 'bad.json': '{\n  "id": "x",\n}' },
    want: [
      'bad.json: this is not JSON at line 3, column 1, where a member should be (a comma belongs only between two); the file must hold a JSON document',
    ],
  },
  {
    name: 'a missing comma',
    files: { 'bad.json': '{\n  "id": "x"\n  "name": "y"\n}' },
    want: ['bad.json: this is not JSON at line 3, column 3; the file must hold a JSON document'],
  },
  {
    name: 'a web page',
    files: { 'bad.json': '<!doctype html><title>Sign in</title>' },
    want: ['bad.json: this is not JSON at line 1, column 1; the file must hold a JSON document'],
  },
  {
    name: 'a member that stands twice',
    files: { 'bad.json': '{ "id": "a",\n "id": "b", "attributes": [] }' },
    want: ['bad.json: the member "id" at line 2 occurs twice; remove one of the two'],
  },
  {
    name: 'a text',
    files: { 'bad.json': '"hello"' },
    want: [
      'bad.json: a schema must be an object, not "hello"; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"',
    ],
  },
  {
    name: 'an empty list',
    files: { 'bad.json': [] },
    want: ['bad.json: the list is empty; it must hold at least one schema'],
  },
  {
    name: 'a list with something else in it',
    files: { 'bad.json': [schemaOf({ name: 'a' }), 5] },
    want: [
      'bad.json: [1]: a schema must be an object, not 5; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"',
    ],
  },
  {
    name: 'a package.json',
    files: { 'bad.json': { name: 'app', version: '1.0.0' } },
    want: ['bad.json: attributes is missing; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"'],
  },
  {
    name: 'a resource',
    files: { 'bad.json': { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' } },
    want: ['bad.json: attributes is missing; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"'],
  },
  {
    name: 'an error of a server',
    files: { 'bad.json': { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401' } },
    want: ['bad.json: attributes is missing; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"'],
  },
  { name: 'no attributes', files: bad(), want: ['bad.json: attributes is empty; list at least one attribute'] },
  {
    name: 'attributes as an object',
    files: { 'bad.json': { id: urn, attributes: { a: {} } } },
    want: ['bad.json: attributes is {"a":{}}; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"'],
  },
  {
    name: 'no id',
    files: { 'bad.json': { name: 'Bad', attributes: [{ name: 'a' }] } },
    want: ['bad.json: id is missing; add the URI of the schema as "id"'],
  },
  {
    name: 'an id that is not a URI',
    files: { 'bad.json': { ...schemaOf({ name: 'a' }), id: 'acme' } },
    want: ['bad.json: id is "acme"; write a URI, such as urn:example:params:scim:schemas:extension:acme:2.0:User'],
  },
  {
    name: 'a schema of SCIM 1.1',
    files: { 'bad.json': { ...schemaOf({ name: 'a' }), id: 'urn:scim:schemas:core:1.0:User' } },
    want: [
      'bad.json: id is "urn:scim:schemas:core:1.0:User", a schema of SCIM 1.1; write the schema in the form of RFC 7643 §7',
    ],
  },
  {
    name: 'schemas of another kind',
    files: { 'bad.json': { ...schemaOf({ name: 'a' }), schemas: ['urn:x:y'] } },
    want: ['bad.json: schemas is ["urn:x:y"]; write ["urn:ietf:params:scim:schemas:core:2.0:Schema"]'],
  },
  {
    name: 'an attribute that is a text',
    files: bad('badgeNumber'),
    want: ['bad.json: attributes[0]: an attribute must be an object, not "badgeNumber"; write one with "name"'],
  },
  {
    name: 'an attribute without a name',
    files: bad({ type: 'string' }),
    want: ['bad.json: attributes[0]: the attribute has no name; add "name"'],
  },
  {
    name: 'an attribute name with a space',
    files: bad({ name: 'badge number' }),
    want: [
      'bad.json: attributes[0]: "badge number" is not an attribute name; a name starts with a letter or $, then letters, digits, $, - and _',
    ],
  },
  {
    name: 'an attribute name that JavaScript has',
    files: bad({ name: 'constructor' }),
    want: [`bad.json: attributes[0]: the name constructor is taken by JavaScript's own objects; rename the attribute`],
  },
  {
    name: 'an attribute that is there twice',
    files: bad({ name: 'a' }, { name: 'a' }),
    want: ['bad.json: a: the name is there twice; rename or remove one of the two'],
  },
  {
    name: 'names that differ by case alone',
    files: bad({ name: 'badge' }, { name: 'Badge' }),
    want: ['bad.json: Badge: the name differs from badge by case alone; rename or remove one of the two'],
  },
  {
    name: 'a type of a programming language',
    files: bad({ name: 'a', type: 'int' }),
    want: ['bad.json: a: type is "int"; write integer'],
  },
  {
    name: 'a type in other case',
    files: bad({ name: 'a', type: 'DateTime' }),
    want: ['bad.json: a: type is "DateTime"; write dateTime'],
  },
  {
    name: 'a boolean in quotes',
    files: bad({ name: 'a', multiValued: 'true' }),
    want: ['bad.json: a: multiValued is "true"; write true or false without quotes'],
  },
  {
    name: 'a mutability with a hyphen',
    files: bad({ name: 'a', mutability: 'read-only' }),
    want: ['bad.json: a: mutability is "read-only"; write readOnly'],
  },
  {
    name: 'an unknown returned',
    files: bad({ name: 'a', returned: 'sometimes' }),
    want: ['bad.json: a: returned is "sometimes"; write one of always, never, default, request'],
  },
  {
    name: 'an unknown uniqueness',
    files: bad({ name: 'a', uniqueness: true }),
    want: ['bad.json: a: uniqueness is true; write one of none, server, global'],
  },
  {
    name: 'canonical values as one text',
    files: bad({ name: 'a', canonicalValues: 'work,home' }),
    want: ['bad.json: a: canonicalValues is "work,home"; write a list of strings'],
  },
  {
    name: 'an unknown type',
    files: bad({ name: 'a', type: 'map' }),
    want: [
      'bad.json: a: type is "map"; write one of string, boolean, decimal, integer, dateTime, binary, reference, complex',
    ],
  },
  {
    name: 'a misspelt characteristic',
    files: bad({ name: 'a', multi_valued: true }),
    want: ['bad.json: a: the member "multi_valued" is not known; write multiValued'],
  },
  {
    name: 'sub-attributes under the name attributes',
    files: bad({ name: 'a', type: 'complex', attributes: [{ name: 'b' }] }),
    want: ['bad.json: a: the sub-attributes are under "attributes"; write subAttributes'],
  },
  {
    name: 'a complex attribute without sub-attributes',
    files: bad({ name: 'a', type: 'complex' }),
    want: ['bad.json: a: the attribute is complex and has no sub-attributes; list them in subAttributes'],
  },
  {
    name: 'sub-attributes of a simple attribute',
    files: bad({ ...list, type: 'string' }),
    want: [
      'bad.json: list: the attribute has sub-attributes and the type string; write "type": "complex" or remove subAttributes',
    ],
  },
  {
    name: 'sub-attributes that are not a list',
    files: bad({ ...list, subAttributes: { value: 'string' } }),
    want: ['bad.json: list: subAttributes is {"value":"string"}; write a list of attributes'],
  },
  {
    name: 'a complex attribute within a complex one',
    files: bad({ ...list, subAttributes: [list] }),
    want: [
      'bad.json: list.list: a complex attribute is within a complex attribute; a complex attribute holds only simple ones, so move its sub-attributes up',
    ],
  },
  {
    name: 'a fault deep within',
    files: bad({ ...list, subAttributes: [{ name: 'value', type: 'text' }] }),
    want: ['bad.json: list.value: type is "text"; write string'],
  },
  {
    name: 'what is written and returned',
    files: bad({ name: 'pin', mutability: 'writeOnly', returned: 'always' }),
    want: [
      'bad.json: pin: the attribute is writeOnly and returned always; what is writeOnly is never returned, so write "returned": "never"',
    ],
  },
  {
    name: 'what no one can use',
    files: bad({ name: 'pin', mutability: 'readOnly', returned: 'never' }),
    want: ['bad.json: pin: the attribute is readOnly and never returned, so no one can use it; change one of the two'],
  },
  {
    name: 'a document without end',
    files: { 'bad.json': `${'['.repeat(9_000)}${']'.repeat(9_000)}` },
    want: ['bad.json: the document is nested deeper than 64 levels, which no schema needs; check what the file holds'],
  },
  {
    name: 'the same schema in two files',
    files: { ...bad({ name: 'a' }), 'twin.json': schemaOf({ name: 'a' }) },
    given: ['generate', '--schemas', 'bad.json', 'twin.json', '--out', 'out'],
    want: [
      'twin.json: urn:example:params:scim:schemas:extension:bad:2.0:User: the schema is in bad.json as well; remove one of the two',
    ],
  },
  {
    name: 'several faults in several files',
    files: { ...bad({ name: 'a', type: 'int' }, { name: 'b', returned: 1 }), 'worse.json': '{' },
    given: ['generate', '--schemas', 'bad.json', 'worse.json', '--out', 'out'],
    want: ['worse.json: this is not JSON at line 1, column 2; the file must hold a JSON document'],
  },
]

const user = { name: 'User', endpoint: '/Users', schema: 'urn:ietf:params:scim:schemas:core:2.0:User' }
const acme = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
const withTypes = ['generate', '--schemas', 'acme.json', '--resource-types', 'types.json', '--out', 'out']
const types = (...documents: readonly unknown[]) => ({ files: { 'types.json': documents }, given: withTypes })

/** Mistakes in resource types. */
export const resourceTypeMistakes: readonly Mistake[] = [
  {
    name: 'resource types that are not there',
    given: withTypes,
    want: ['types.json: no such file, and no file matches; check the path'],
  },
  {
    name: 'a resource type without a name',
    ...types({ ...user, name: '' }),
    want: ['types.json: name is missing; add "name"'],
  },
  {
    name: 'a resource type without an endpoint',
    ...types({ name: 'User', schema: user.schema, schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'] }),
    want: ['types.json: endpoint is missing; write a path below the service root, such as /Users'],
  },
  {
    name: 'an endpoint that is a URL',
    ...types({ ...user, endpoint: 'https://example.com/Users' }),
    want: ['types.json: endpoint is "https://example.com/Users"; write a path below the service root, such as /Users'],
  },
  {
    name: 'a base schema that is not a URI',
    ...types({ ...user, schema: 'User' }),
    want: [
      'types.json: schema is "User"; write a URI, such as urn:example:params:scim:schemas:extension:acme:2.0:User',
    ],
  },
  {
    name: 'a base schema that is nowhere',
    ...types({ ...user, schema: `${acme}s` }),
    want: [
      'types.json: User: the schema urn:example:params:scim:schemas:extension:acme:2.0:Users is not among the schemas; add its file to --schemas',
    ],
  },
  {
    name: 'an extension that is nowhere',
    ...types({ ...user, schemaExtensions: [{ schema: `${acme}s` }] }),
    want: [
      'types.json: User: the schema urn:example:params:scim:schemas:extension:acme:2.0:Users is not among the schemas; add its file to --schemas',
    ],
  },
  {
    name: 'an extension as a text',
    ...types({ ...user, schemaExtensions: [acme] }),
    want: [
      'types.json: schemaExtensions[0]: an extension must be an object, not "urn:example:params:scim:schemas:extension:acme:2.0:User"; write one with "schema"',
    ],
  },
  {
    name: 'extensions as one object',
    ...types({ ...user, schemaExtensions: { schema: acme } }),
    want: [
      'types.json: schemaExtensions is {"schema":"urn:example:params:scim:schemas:extension:acme...; write a list of objects with "schema"',
    ],
  },
  {
    name: 'an extension that is listed twice',
    ...types({ ...user, schemaExtensions: [{ schema: acme }, { schema: acme }] }),
    want: [
      'types.json: schemaExtensions[1]: urn:example:params:scim:schemas:extension:acme:2.0:User is listed twice; list it once',
    ],
  },
  {
    name: 'an extension that is the base of another type',
    ...types({ ...user, schemaExtensions: [{ schema: acme }] }, { name: 'Acme', endpoint: '/Acme', schema: acme }),
    want: [
      'types.json: User: urn:example:params:scim:schemas:extension:acme:2.0:User cannot be its extension, it is used as a resource; list it once',
    ],
  },
  {
    name: 'Group as an extension',
    ...types({ ...user, schemaExtensions: [{ schema: 'urn:ietf:params:scim:schemas:core:2.0:Group' }] }),
    want: [
      'types.json: User: urn:ietf:params:scim:schemas:core:2.0:Group cannot be its extension, which it is not in the standard; name another schema',
    ],
  },
  {
    name: 'two resource types of one name',
    ...types(user, { ...user, endpoint: '/People' }),
    want: ['types.json: User: the resource type is there twice, with /Users and /People; remove one of the two'],
  },
  {
    name: 'two resource types at one endpoint',
    ...types(user, { ...user, name: 'Person', endpoint: '/users' }),
    want: ['types.json: /users: the endpoint is there twice, with User and Person; remove one of the two'],
  },
]

/** Mistakes in commands and flags. */
export const flagMistakes: readonly Mistake[] = [
  {
    name: 'no command',
    given: [],
    want: ['scim-codegen: no command is given; write scim-codegen init, or --help for all commands'],
  },
  {
    name: 'a command that does not exist',
    given: ['gen'],
    want: [
      'scim-codegen: the command gen is not known; the commands are init, generate, openapi, docs, samples, pull, diff, from-zod',
    ],
  },
  {
    name: 'a flag that does not exist',
    given: ['generate', '--schema', 'acme.json', '--out', 'out'],
    want: ['scim-codegen: --schema is not known; --help lists the flags'],
  },
  {
    name: 'a flag without its value',
    given: ['generate', '--schemas', 'acme.json', '--out'],
    want: ['scim-codegen: --out needs a value; give it after the flag'],
  },
  {
    name: 'a flag in place of a value',
    given: ['generate', '--schemas', '--out', 'out'],
    want: ['scim-codegen: --schemas needs a value; give it after the flag'],
  },
  {
    name: 'a value for a switch',
    given: ['generate', '--schemas', 'acme.json', '--out', 'out', '--check=yes'],
    want: ['scim-codegen: --check takes no value; write it alone'],
  },
  {
    name: 'no --schemas',
    given: ['generate', '--out', 'out'],
    want: [
      'scim-codegen: --schemas is missing; give the schema files after it, or write a configuration with scim-codegen init',
    ],
  },
  {
    name: 'no --out',
    given: ['generate', '--schemas', 'acme.json'],
    want: ['scim-codegen: --out is missing; give the folder to write to after it'],
  },
  {
    name: 'files without their flag',
    given: ['generate', 'acme.json', '--out', 'out'],
    want: ['scim-codegen: acme.json belongs to no flag; write --schemas before it'],
  },
  {
    name: 'two output folders',
    given: ['generate', '--schemas', 'acme.json', '--out', 'out', '--out', 'other'],
    want: ['scim-codegen: --out is given twice; give it once'],
  },
  {
    name: 'a pattern that matches nothing',
    given: ['generate', '--schemas', 'schemas/*.json', '--out', 'out'],
    want: ['schemas/*.json: no such file, and no file matches; check the path'],
  },
  {
    name: 'a folder without JSON files',
    given: ['generate', '--schemas', 'out', '--out', 'out'],
    want: ['out: the folder holds no .json file; put the schemas there, or check the path'],
  },
  {
    name: 'a file in place of the output folder',
    given: ['generate', '--schemas', 'acme.json', '--out', 'acme.json'],
    want: [
      'acme.json/acme-user.descriptions.gen.ts: cannot be written (ENOTDIR), so nothing was changed; there is a file where a folder should be, so give another --out',
    ],
  },
  {
    name: 'a folder in place of the OpenAPI file',
    given: ['openapi', '--schemas', 'acme.json', '--out', 'out'],
    want: [
      'out: cannot be written (EISDIR), so nothing was changed; there is a folder where the file should be, so give another --out',
    ],
  },
  {
    name: 'a URL that is none',
    given: ['pull', 'example.com/scim', '--out', 'out'],
    want: [
      'scim-codegen: example.com/scim is not an http or https URL; give the root of the service, such as https://example.com/scim/v2',
    ],
  },
  {
    name: 'a URL with a password',
    given: ['pull', 'https://ada:secret@example.com/scim', '--out', 'out'],
    want: ['scim-codegen: The URL carries a password; give a token with --token instead'],
  },
  {
    name: 'a token over plain http',
    given: ['pull', 'http://example.com/scim', '--token', 't', '--out', 'out'],
    want: ['scim-codegen: http://example.com is plain http, where others can read the token; use https'],
  },
  {
    name: 'a server that is not there',
    given: ['pull', 'http://127.0.0.1:1/scim', '--out', 'out'],
    want: [
      'scim-codegen: http://127.0.0.1:1/scim/ServiceProviderConfig cannot be reached; check the address, and that the server runs',
    ],
  },
  {
    name: 'one source to compare',
    given: ['diff', 'acme.json'],
    want: ['scim-codegen: diff takes two sources, each a file, a folder or a URL; write scim-codegen diff A B'],
  },
  {
    name: 'a faulty source to compare',
    files: bad({ name: 'a', type: 'int' }),
    given: ['diff', 'acme.json', 'bad.json'],
    want: ['bad.json: a: type is "int"; write integer'],
  },
  {
    name: 'a module that throws',
    files: { 'badge.mjs': 'throw new Error("no database")' },
    given: ['from-zod', 'badge.mjs', '--out', 'out/badge.json'],
    want: [`badge.mjs: the module cannot be loaded (no database); fix it`],
  },
  {
    name: 'a module without a zod object',
    files: { 'badge.mjs': 'export const a = 1' },
    given: ['from-zod', 'badge.mjs', '--out', 'out/badge.json'],
    want: ['badge.mjs: it exports 0 zod objects; export one'],
  },
]

const configured = (text: string, file = 'scim.config.mjs') => ({ files: { [file]: text }, given: ['generate'] })
const exported = (members: string) => configured(`export default { ${members} }`)

/** Mistakes in the configuration. */
export const configMistakes: readonly Mistake[] = [
  {
    name: 'no configuration',
    given: ['generate'],
    want: [
      'scim-codegen: --schemas is missing; give the schema files after it, or write a configuration with scim-codegen init',
    ],
  },
  {
    name: 'a configuration that is not there',
    given: ['generate', '--config', 'scim.json'],
    want: ['scim.json: no such file; scim-codegen init writes one'],
  },
  {
    name: 'two configurations',
    files: { 'scim.config.mjs': '', 'scim.config.json': {} },
    given: ['generate'],
    want: ['scim.config.json: scim.config.mjs is there as well; remove one of the two, or name one with --config'],
  },
  {
    name: 'a configuration with a fault of syntax',
    ...configured('export default {', 'scim.config.ts'),
    want: ['scim.config.ts: it cannot be loaded (Unexpected token at line 1); fix it, or write a new one with init'],
  },
  {
    name: 'a configuration that imports what is not there',
    ...configured("import 'nowhere'"),
    want: [`scim.config.mjs: it cannot be loaded (Cannot find module 'nowhere'); fix it, or write a new one with init`],
  },
  {
    name: 'a configuration without an export',
    ...configured('const config = {}'),
    want: ['scim.config.mjs: it has no default export; write export default defineConfig({ schemas: …, out: … })'],
  },
  {
    name: 'a configuration of JSON with a fault',
    ...configured('{ "schemas": "acme.json" "out": "out" }', 'scim.config.json'),
    want: ['scim.config.json: this is not JSON at line 1, column 26; the file must hold a JSON document'],
  },
  {
    name: 'a configuration without out',
    ...exported(`schemas: 'acme.json'`),
    want: [`scim.config.mjs: out is missing; name the folder to write to, such as out: 'src/scim'`],
  },
  {
    name: 'an unknown member',
    ...exported(`schema: 'acme.json', out: 'out'`),
    want: [
      'scim.config.mjs: schema is not known; the members are schemas, resourceTypes, out, plugins, zod, format, openapi, lenient, include, exclude, names',
      `scim.config.mjs: schemas is missing; name the schema files, such as schemas: 'schemas'`,
    ],
  },
  {
    name: 'an unknown plug-in',
    ...exported(`schemas: 'acme.json', out: 'out', plugins: ['type']`),
    want: [
      'scim.config.mjs: plugins[0]: the plug-in type is not known; write one of types, zod, client, openapi, samples, docs',
    ],
  },
  {
    name: 'a plug-in without another that it needs',
    ...exported(`schemas: 'acme.json', out: 'out', plugins: ['zod']`),
    want: ['scim.config.mjs: plugins[0]: the plug-in zod needs types; list it as well'],
  },
  {
    name: 'a plug-in that throws',
    ...exported(
      `schemas: 'acme.json', out: 'out', plugins: [{ name: 'mine', emit() { throw new Error('no template') } }]`,
    ),
    want: ['plug-in mine: no template; fix the plug-in, or remove it from plugins'],
  },
  {
    name: 'a plug-in that gives no files',
    ...exported(`schemas: 'acme.json', out: 'out', plugins: [{ name: 'mine', emit: () => 'text' }]`),
    want: ['plug-in mine: emit returned no list of files; return a list of { path, text }'],
  },
  {
    name: 'two plug-ins that write one file',
    ...exported(
      `schemas: 'acme.json', out: 'out', plugins: ['types', { name: 'mine', emit: () => [{ path: 'acme-user.types.gen.ts', text: '' }] }]`,
    ),
    want: ['plug-in mine: the plug-in types has written acme-user.types.gen.ts already; give the file another path'],
  },
  {
    name: 'schemas that are nowhere',
    ...exported(`schemas: 'schemas', out: 'out'`),
    want: ['schemas: no such file, and no file matches; check the path'],
  },
  {
    name: 'a type name that is none',
    ...exported(`schemas: 'acme.json', out: 'out', names: { '${acme}': 'acme-user' }`),
    want: [
      'scim.config.mjs: names["urn:example:params:scim:schemas:extension:acme:2.0:User"] is "acme-user"; write a type name, such as AcmeUser',
    ],
  },
  {
    name: 'init where there is a configuration',
    files: { 'scim.config.ts': '' },
    given: ['init'],
    want: ['scim-codegen: scim.config.ts is there already; give --force to replace it'],
  },
  {
    name: 'init with schemas that are nowhere',
    given: ['init', '--schemas', 'nowhere'],
    want: [
      'scim-codegen: nowhere: no such file, and no file matches; check the path, or write a sample with --example',
    ],
  },
]
