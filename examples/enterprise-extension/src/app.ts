import { acmeUser, type ServiceClient, type UserResource } from './scim/index.js'

/** The app's client, which `createClient` of the generated code makes. */
export type AcmeClient = ServiceClient

/** A person as the provider gives it, Acme's attributes included. */
export type Person = UserResource

const { urn } = acmeUser

/** Who starts at Acme. */
export interface Starter {
  readonly email: string
  readonly givenName: string
  readonly familyName: string
  readonly badgeNumber: number
  /** First working day, as `2026-11-02T08:00:00Z`. */
  readonly hiredAt: string
}

/**
 * Creates the account of somebody who starts.
 *
 * @param scim Client of the provider.
 * @param starter Who starts.
 * @returns The person as created.
 */
export function onboard(scim: AcmeClient, starter: Starter): Promise<Person> {
  return scim.users.create({
    userName: starter.email,
    name: { givenName: starter.givenName, familyName: starter.familyName },
    emails: [{ value: starter.email, type: 'work', primary: true }],
    active: true,
    [urn]: { badgeNumber: starter.badgeNumber, hiredAt: starter.hiredAt, clearance: 'public' },
  })
}

/**
 * Hands a device to a person.
 *
 * @param scim Client of the provider.
 * @param id Id of the person.
 * @param device Serial number and kind.
 */
export async function handOut(
  scim: AcmeClient,
  id: string,
  device: { readonly serial: string; readonly type: 'laptop' | 'phone' | 'token'; readonly labels?: string[] },
): Promise<void> {
  const { serial: value, type, labels } = device
  await scim.users.patch(id, (p) => p.add(`${urn}:equipment`, { value, type, labels }))
}

/**
 * Takes a device back.
 *
 * @param scim Client of the provider.
 * @param id Id of the person.
 * @param serial Serial number of the device.
 */
export async function takeBack(scim: AcmeClient, id: string, serial: string): Promise<void> {
  await scim.users.patch(id, (p) => p.remove(`${urn}:equipment[value eq ${JSON.stringify(serial)}]`))
}

/**
 * Moves a person to another desk and clearance.
 *
 * @param scim Client of the provider.
 * @param id Id of the person.
 * @param desk Building and floor.
 */
export async function move(
  scim: AcmeClient,
  id: string,
  desk: { readonly building: string; readonly floor: number },
): Promise<void> {
  await scim.users.patch(id, (p) => p.replace(`${urn}:desk`, desk).replace(`${urn}:clearance`, 'internal'))
}

/**
 * Finds who has a laptop and works in a building.
 *
 * @param scim Client of the provider.
 * @param building Short name of the building.
 * @returns The badge numbers, ascending.
 */
export async function listLaptopHolders(scim: AcmeClient, building: string): Promise<readonly number[]> {
  const badges: number[] = []
  const holders = scim.users.list({
    filter: (f) =>
      f.and(
        f.eq(`${urn}:desk.building`, building),
        f.where(`${urn}:equipment`, (device) => device.eq('type', 'laptop')),
      ),
    sortBy: `${urn}:badgeNumber`,
  })
  for await (const person of holders) {
    const badge = person[urn]?.badgeNumber
    if (badge !== undefined) badges.push(badge)
  }
  return badges
}

/**
 * Ends an employment: the account is switched off, devices and clearance go.
 *
 * @param scim Client of the provider.
 * @param id Id of the person.
 */
export async function offboard(scim: AcmeClient, id: string): Promise<void> {
  await scim.users.patch(id, (p) =>
    p.replace('active', false).remove(`${urn}:equipment`).replace(`${urn}:clearance`, null),
  )
}
