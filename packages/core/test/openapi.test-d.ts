import { expectTypeOf, it } from 'vitest'
import type { EnterpriseUser, Group, GroupInput, ListResponse, PatchOp, User, UserInput } from '../src/index.js'
import type { components, operations, paths } from '../src/openapi.js'
import type { EnterpriseUserUrn } from '../src/resource/enterprise-user.js'

type Schemas = components['schemas']
type Json = 'application/scim+json'

it('gives what the generated interfaces take', () => {
  expectTypeOf<Schemas['User']>().toExtend<User & { [K in EnterpriseUserUrn]?: EnterpriseUser | undefined }>()
  expectTypeOf<Schemas['UserInput']>().toExtend<UserInput>()
  expectTypeOf<Schemas['Group']>().toExtend<Group>()
  expectTypeOf<Schemas['GroupInput']>().toExtend<GroupInput>()
  expectTypeOf<Schemas['UserList']>().toExtend<ListResponse<User>>()
  expectTypeOf<Schemas['PatchOp']>().toExtend<PatchOp>()
})

it('has the members of the generated interfaces and no others', () => {
  expectTypeOf<Exclude<keyof Schemas['User'], EnterpriseUserUrn>>().toEqualTypeOf<keyof User>()
  expectTypeOf<Exclude<keyof Schemas['UserInput'], EnterpriseUserUrn>>().toEqualTypeOf<keyof UserInput>()
})

it('types the body and the answer of an operation', () => {
  expectTypeOf<paths['/Users']['post']>().toEqualTypeOf<operations['createUser']>()
  type Created = operations['createUser']['responses'][201]['content'][Json]
  expectTypeOf<Created>().toEqualTypeOf<Schemas['User']>()
  expectTypeOf<operations['createUser']['requestBody']['content'][Json]>().toEqualTypeOf<Schemas['UserInput']>()
  expectTypeOf<operations['getUser']['responses'][404]['content'][Json]>().toEqualTypeOf<Schemas['Error']>()
})

it('keeps canonical values open', () => {
  type EmailType = NonNullable<NonNullable<Schemas['UserInput']['emails']>[number]['type']>
  expectTypeOf<'yacht'>().toExtend<EmailType>()
  expectTypeOf<null>().toExtend<NonNullable<Schemas['UserInput']['emails']>[number]['type']>()
})
