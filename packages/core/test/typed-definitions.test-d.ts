import { describe, expectTypeOf, it } from 'vitest'
import {
  type EnterpriseUserInput,
  enterpriseUser,
  type Group,
  type GroupInput,
  groupResource,
  type InferInput,
  type InferPaths,
  type InferResource,
  type Present,
  type User,
  type UserInput,
  userResource,
} from '../src/index.js'

const employeeResource = userResource.extend(enterpriseUser)
const staffResource = userResource.extend(enterpriseUser, { required: true })

type Employee = InferResource<typeof employeeResource>
type EmployeeInput = InferInput<typeof employeeResource>
type StaffInput = InferInput<typeof staffResource>
type Read = InferPaths<typeof employeeResource>['read']
type Write = InferPaths<typeof employeeResource>['write']
type Elements = InferPaths<typeof employeeResource>['elements']

const { urn } = enterpriseUser
declare const user: User
declare const employee: Employee
declare const group: Group

/** Takes what may be written; each test says what may and what may not. */
declare function write<T>(value: T): void
/** Takes a path of an interface. */
declare function path<Paths>(name: keyof Paths & string): void
/** Takes a path with its value. */
declare function assign<Paths, P extends keyof Paths & string = keyof Paths & string>(name: P, value: Paths[P]): void

describe('what may be written to a user', () => {
  it('takes the least that is required', () => {
    write<UserInput>({ userName: 'ada' })
  })

  it('takes schemas', () => {
    write<UserInput>({ userName: 'ada', schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] })
  })

  it('takes null as unassigned', () => {
    write<UserInput>({ userName: 'ada', title: null })
  })

  it('takes null for a list', () => {
    write<UserInput>({ userName: 'ada', emails: null })
  })

  it('takes undefined for an optional attribute', () => {
    write<UserInput>({ userName: 'ada', title: undefined })
  })

  it('takes the password', () => {
    write<UserInput>({ userName: 'ada', password: 'secret' })
  })

  it('takes a canonical value', () => {
    write<UserInput>({ userName: 'ada', emails: [{ value: 'a@example.com', type: 'work' }] })
  })

  it('takes a value that is not canonical', () => {
    write<UserInput>({ userName: 'ada', emails: [{ value: 'a@example.com', type: 'lab' }] })
  })

  it('takes a complex value in part', () => {
    write<UserInput>({ userName: 'ada', name: { familyName: 'King' } })
  })

  it('takes null for a sub-attribute', () => {
    write<UserInput>({ userName: 'ada', name: { familyName: null } })
  })

  it('refuses a resource without what is required', () => {
    // @ts-expect-error
    write<UserInput>({ active: true })
  })

  it('refuses null for what is required', () => {
    // @ts-expect-error
    write<UserInput>({ userName: null })
  })

  it('refuses id', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', id: '1' })
  })

  it('refuses meta', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', meta: {} })
  })

  it('refuses groups, which the provider keeps', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', groups: [] })
  })

  it('refuses a misspelt attribute', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', dispalyName: 'Ada' })
  })

  it('refuses another case of a name', () => {
    // @ts-expect-error
    write<UserInput>({ username: 'ada' })
  })

  it('refuses a text for a boolean', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', active: 'true' })
  })

  it('refuses a number for a text', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 1 })
  })

  it('refuses one value for a list', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', emails: { value: 'a@example.com' } })
  })

  it('refuses texts for complex values', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', emails: ['a@example.com'] })
  })

  it('refuses a list for one value', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', name: [] })
  })

  it('refuses an unknown sub-attribute', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', name: { surname: 'King' } })
  })

  it('refuses an extension that the definition lacks', () => {
    // @ts-expect-error
    write<UserInput>({ userName: 'ada', [urn]: {} })
  })
})

describe('what is read of a user', () => {
  it('has an id', () => {
    expectTypeOf(user.id).toEqualTypeOf<string>()
  })

  it('has the required attribute', () => {
    expectTypeOf(user.userName).toEqualTypeOf<string>()
  })

  it('may lack an optional one', () => {
    expectTypeOf(user.active).toEqualTypeOf<boolean | undefined>()
  })

  it('never has null', () => {
    expectTypeOf(user.title).toEqualTypeOf<string | undefined>()
  })

  it('has the metadata', () => {
    expectTypeOf(user.meta?.version).toEqualTypeOf<string | undefined>()
  })

  it('has the elements of a list', () => {
    expectTypeOf(user.emails?.[0]?.value).toEqualTypeOf<string | undefined>()
  })

  it('tells canonical values', () => {
    expectTypeOf<'work'>().toExtend<NonNullable<NonNullable<User['emails']>[number]['type']>>()
  })

  it('has the groups', () => {
    expectTypeOf(user.groups?.[0]?.display).toEqualTypeOf<string | undefined>()
  })

  it('may be changed in memory', () => {
    user.title = 'Countess'
  })

  it('has no password', () => {
    // @ts-expect-error
    user.password
  })

  it('has no unknown attribute', () => {
    // @ts-expect-error
    user.badge
  })

  it('has no extension of its own accord', () => {
    // @ts-expect-error
    user[urn]
  })

  it('keeps its id', () => {
    // @ts-expect-error
    user.id = '2'
  })

  it('keeps its groups', () => {
    // @ts-expect-error
    user.groups = []
  })

  it('keeps the display of its groups', () => {
    // @ts-expect-error
    for (const entry of user.groups ?? []) entry.display = 'x'
  })

  it('is not a group', () => {
    // @ts-expect-error
    write<Group>(user)
  })
})

describe('groups', () => {
  it('take members', () => {
    write<GroupInput>({ displayName: 'Staff', members: [{ value: '1', type: 'User' }] })
  })

  it('need a name', () => {
    // @ts-expect-error
    write<GroupInput>({ members: [] })
  })

  it('have members', () => {
    expectTypeOf(group.members?.[0]?.$ref).toEqualTypeOf<string | undefined>()
  })

  it('have no emails', () => {
    // @ts-expect-error
    group.emails
  })
})

describe('an extended definition', () => {
  it('takes the extension’s attributes', () => {
    write<EmployeeInput>({ userName: 'ada', [urn]: { department: 'Engines' } })
  })

  it('takes resources without the extension', () => {
    write<EmployeeInput>({ userName: 'ada' })
  })

  it('takes null for the extension', () => {
    write<EmployeeInput>({ userName: 'ada', [urn]: null })
  })

  it('takes the manager by id', () => {
    write<EmployeeInput>({ userName: 'ada', [urn]: { manager: { value: '7' } } })
  })

  it('has the extension’s attributes', () => {
    expectTypeOf(employee[urn]?.department).toEqualTypeOf<string | undefined>()
  })

  it('has the base’s attributes', () => {
    expectTypeOf(employee.userName).toEqualTypeOf<string>()
  })

  it('has a literal URN', () => {
    expectTypeOf(urn).toEqualTypeOf<'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'>()
  })

  it('takes the extension where it is required', () => {
    write<StaffInput>({ userName: 'ada', [urn]: { employeeNumber: '1' } })
  })

  it('needs the extension where it is required', () => {
    // @ts-expect-error
    write<StaffInput>({ userName: 'ada' })
  })

  it('refuses null for a required extension', () => {
    // @ts-expect-error
    write<StaffInput>({ userName: 'ada', [urn]: null })
  })

  it('refuses an unknown attribute of the extension', () => {
    // @ts-expect-error
    write<EmployeeInput>({ userName: 'ada', [urn]: { badge: 1 } })
  })

  it('refuses a value of the wrong type', () => {
    // @ts-expect-error
    write<EmployeeInput>({ userName: 'ada', [urn]: { department: 5 } })
  })

  it('refuses the manager’s name, which the provider fills in', () => {
    // @ts-expect-error
    write<EnterpriseUserInput>({ manager: { displayName: 'Ada' } })
  })

  it('refuses another URN', () => {
    // @ts-expect-error
    write<EmployeeInput>({ userName: 'ada', 'urn:acme:User': {} })
  })

  it('leaves the definition that it extends as it is', () => {
    expectTypeOf<InferResource<typeof userResource>>().toEqualTypeOf<User>()
  })

  it('gives nothing of a group', () => {
    groupResource.extend(enterpriseUser).endpoint.toUpperCase()
  })
})

describe('paths that are read', () => {
  it('have the type of a simple attribute', () => {
    expectTypeOf<Read['active']>().toEqualTypeOf<boolean>()
  })

  it('have the type of a sub-attribute', () => {
    expectTypeOf<Read['name.familyName']>().toEqualTypeOf<string>()
  })

  it('have the type of value for a list', () => {
    expectTypeOf<Read['emails']>().toEqualTypeOf<string>()
  })

  it('can only be present without value', () => {
    expectTypeOf<Read['name']>().toEqualTypeOf<Present>()
  })

  it('name common attributes', () => {
    path<Read>('meta.lastModified')
  })

  it('name what is readOnly', () => {
    path<Read>('groups.display')
  })

  it('name extensions by their URN', () => {
    path<Read>('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName')
  })

  it('name an extension as a whole', () => {
    path<Read>('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User')
  })

  it('never name what is not returned', () => {
    // @ts-expect-error
    path<Read>('password')
  })

  it('never name a misspelt sub-attribute', () => {
    // @ts-expect-error
    path<Read>('name.familyname')
  })

  it('never name an extension’s attribute without its URN', () => {
    // @ts-expect-error
    path<Read>('department')
  })
})

describe('paths that are written', () => {
  it('take a value', () => {
    assign<Write, 'title'>('title', 'Countess')
  })

  it('take a list', () => {
    assign<Write, 'emails'>('emails', [{ value: 'a@example.com' }])
  })

  it('take one element of a list', () => {
    assign<Write, 'emails'>('emails', { value: 'a@example.com' })
  })

  it('take a value path', () => {
    assign<Write, `emails[${string}]`>('emails[type eq "work"]', { value: 'a@example.com' })
  })

  it('take a value path with a sub-attribute', () => {
    assign<Write, `emails[${string}].value`>('emails[type eq "work"].value', 'a@example.com')
  })

  it('take an attribute of an extension', () => {
    assign<Write, `${typeof urn}:department`>(`${urn}:department`, 'Engines')
  })

  it('take what may be written and not read', () => {
    assign<Write, 'password'>('password', 'secret')
  })

  it('never name what is readOnly', () => {
    // @ts-expect-error
    path<Write>('groups')
  })

  it('never name the id', () => {
    // @ts-expect-error
    path<Write>('id')
  })

  it('never name what lies in meta', () => {
    // @ts-expect-error
    path<Write>('meta.version')
  })

  it('never name a readOnly sub-attribute of an extension', () => {
    // @ts-expect-error
    path<Write>(`${urn}:manager.displayName`)
  })

  it('never name an unknown attribute', () => {
    // @ts-expect-error
    path<Write>('badge')
  })

  it('never take a text for a boolean', () => {
    // @ts-expect-error
    assign<Write, 'active'>('active', 'true')
  })

  it('never take a number for a text', () => {
    // @ts-expect-error
    assign<Write, 'name.familyName'>('name.familyName', 7)
  })
})

describe('paths within elements', () => {
  it('have every sub-attribute', () => {
    expectTypeOf<Elements['emails']['primary']>().toEqualTypeOf<boolean>()
  })

  it('have those that are readOnly', () => {
    expectTypeOf<Elements['groups']['value']>().toEqualTypeOf<string>()
  })

  it('have none for what is single', () => {
    // @ts-expect-error
    path<Elements>('name')
  })
})
