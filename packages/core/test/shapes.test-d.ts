import { describe, expectTypeOf, it } from 'vitest'
import type * as z from 'zod'
import type { EnterpriseUser, EnterpriseUserInput } from '../src/generated/enterprise-user.types.gen.js'
import type { enterpriseUserShapes } from '../src/generated/enterprise-user.zod.gen.js'
import type { Group, GroupInput } from '../src/generated/group.types.gen.js'
import type { groupShapes } from '../src/generated/group.zod.gen.js'
import type { User, UserInput } from '../src/generated/user.types.gen.js'
import type { userShapes } from '../src/generated/user.zod.gen.js'

/** What a shape's unannotated object takes; nothing stands between the shape and its type. */
type Shaped<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** Element of a list, else the value itself, without the forms of "no value". */
type Value<T> = NonNullable<T> extends readonly (infer Element)[] ? NonNullable<Element> : NonNullable<T>

type Complex<T> = Value<T> extends object ? Value<T> : never

/**
 * The paths at which two types differ: not assignable both ways, or other keys, at each level. Open canonical values
 * count as text, since a validator leaves them open.
 */
type Differences<A, B, Path extends string = ''> =
  | (Equal<A, B> extends true ? never : `${Path}(not assignable both ways)`)
  | (Equal<keyof A, keyof B> extends true ? never : `${Path}(other keys)`)
  | {
      [K in keyof A & keyof B & string]: [Complex<A[K]>] extends [never]
        ? never
        : Differences<Complex<A[K]>, Complex<B[K]>, `${Path}${K}.`>
    }[keyof A & keyof B & string]

describe('generated interfaces and validators', () => {
  it('have one shape each for what is written', () => {
    expectTypeOf<Differences<Shaped<ReturnType<typeof userShapes>['input']>, UserInput>>().toBeNever()
    expectTypeOf<Differences<Shaped<ReturnType<typeof groupShapes>['input']>, GroupInput>>().toBeNever()
    expectTypeOf<
      Differences<Shaped<ReturnType<typeof enterpriseUserShapes>['input']>, EnterpriseUserInput>
    >().toBeNever()
  })

  it('have one shape each for what is returned', () => {
    expectTypeOf<Differences<Shaped<ReturnType<typeof userShapes>['output']>, User>>().toBeNever()
    expectTypeOf<Differences<Shaped<ReturnType<typeof groupShapes>['output']>, Group>>().toBeNever()
    expectTypeOf<Differences<Shaped<ReturnType<typeof enterpriseUserShapes>['output']>, EnterpriseUser>>().toBeNever()
  })
})

describe('the comparison', () => {
  type Written = Shaped<ReturnType<typeof userShapes>['input']>

  it('sees an attribute that one side lacks', () => {
    expectTypeOf<Differences<Written, Omit<UserInput, 'title'>>>().toEqualTypeOf<'(other keys)'>()
    expectTypeOf<
      Differences<Written, UserInput & { badge?: string | null | undefined }>
    >().toEqualTypeOf<'(other keys)'>()
  })

  it('sees another type', () => {
    type Changed = Omit<UserInput, 'active'> & { active?: string | null | undefined }
    expectTypeOf<Differences<Written, Changed>>().toEqualTypeOf<'(not assignable both ways)'>()
  })

  it('sees a required attribute that is optional on one side', () => {
    type Changed = Omit<UserInput, 'userName'> & { userName?: string | undefined }
    expectTypeOf<Differences<Written, Changed>>().toEqualTypeOf<'(not assignable both ways)'>()
  })

  it('sees null where one side has none', () => {
    type Changed = Omit<UserInput, 'title'> & { title?: string | undefined }
    expectTypeOf<Differences<Written, Changed>>().toEqualTypeOf<'(not assignable both ways)'>()
  })

  it('sees a sub-attribute that one side lacks, which assignment alone does not', () => {
    type Email = { value?: string | null | undefined }
    type Changed = Omit<UserInput, 'emails'> & { emails?: Email[] | null | undefined }
    expectTypeOf<Differences<Written, Changed>>().toEqualTypeOf<'emails.(other keys)'>()
  })
})
