/** A person of the made-up company. */
export interface Person {
  readonly givenName: string
  readonly familyName: string
  readonly userName: string
  readonly department: string
}

const givenNames = ['Ada', 'Charles', 'Mary', 'Alan', 'Grace', 'Edith', 'Joan', 'Katherine', 'Barbara', 'Annie']
const familyNames = [
  'Lovelace',
  'Babbage',
  'Somerville',
  'Turing',
  'Hopper',
  'Clarke',
  'Johnson',
  'Liskov',
  'Easley',
  'Kwan',
]
const departments = ['Research', 'Sales', 'Support', 'Finance']

/**
 * Makes up people with different names.
 *
 * @param count How many; at most 100.
 * @returns The people.
 */
export function makePeople(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const givenName = pick(givenNames, index)
    const familyName = pick(familyNames, index + Math.floor(index / givenNames.length))
    const userName = `${givenName}.${familyName}@acme.example`.toLowerCase()
    return { givenName, familyName, userName, department: pick(departments, index) }
  })
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? ''
}
