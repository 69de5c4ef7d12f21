import { expect, it } from 'vitest'
import * as documents from '../src/documents.js'
import * as main from '../src/index.js'
import * as internal from '../src/internal.js'
import * as mini from '../src/mini.js'
import * as openapi from '../src/openapi.js'
import * as profiles from '../src/profiles.js'
import * as light from '../src/schema.js'
import * as zod from '../src/zod.js'

it('exports these names', () => {
  const names = Object.entries({ main, light, zod, mini, documents, openapi, profiles, internal }).map(
    ([entry, exported]) => [entry, Object.keys(exported).sort()],
  )
  expect(Object.fromEntries(names)).toMatchSnapshot()
})

it('has the same values in the main and the light entry where both have the name, definitions apart', () => {
  const names = Object.keys(main).filter((name) => Object.hasOwn(light, name))
  const different = names.filter((name) => Reflect.get(main, name) !== Reflect.get(light, name))
  expect(different.sort()).toEqual(['enterpriseUser', 'groupResource', 'userResource'])
})

it('gives the main entry definitions of its own, with validators', () => {
  expect(main.userResource.validators).toBeDefined()
  expect(main.groupResource.validators).toBeDefined()
  expect(main.enterpriseUser.validation).toBeDefined()
  expect(light.userResource.validators).toBeUndefined()
  expect(light.groupResource.validators).toBeUndefined()
  expect(light.enterpriseUser.validation).toBeUndefined()
})

it('has no validators where a light part extends a definition', () => {
  expect(main.userResource.extend(light.enterpriseUser).validators).toBeUndefined()
  expect(() => internal.requireValidators(main.userResource.extend(light.enterpriseUser))).toThrow(TypeError)
})

it('has one set of validators: the exported ones are those of the definitions', () => {
  expect(main.userResource.validators).toBe(main.userSchemas)
  expect(main.groupResource.validators).toBe(main.groupSchemas)
})
