import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCode } from './generate-code.js'
import { groupPeople } from './group-people.js'
import { createNarrator, type Narrator } from './narrator.js'
import { offboardPeople } from './offboard-people.js'
import { onboardPeople } from './onboard-people.js'
import { makePeople } from './people.js'
import { profiles, replayProviders } from './replay-providers.js'
import { createClient } from './scim-clients.js'
import { searchPeople } from './search-people.js'
import { type RunningProvider, startProvider } from './start-provider.js'
import { surviveKill } from './survive-kill.js'
import { updatePeople } from './update-people.js'

const started = Date.now()
const demo = createNarrator((line) => console.log(line), process.stdout.isTTY === true && !process.env.NO_COLOR)
const folder = mkdtempSync(join(tmpdir(), 'scimkit-demo-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
const tokens = new Map(['acme', 'visitor', ...profiles].map((tenant) => [tenant, randomBytes(24).toString('hex')]))
const tokenOf = (tenant: string) => tokens.get(tenant) ?? ''
const credentials = [...tokens].map(([tenantId, token]) => ({ token, subject: `${tenantId} client`, tenantId }))
const start = () => startProvider(join(folder, 'scim.db'), credentials)

let provider: RunningProvider | undefined
try {
  console.log('scimkit: from a schema file to people provisioned, step by step')
  await generateCode(demo, folder)
  provider = await startAndLook(demo)
  const scim = createClient(provider.baseUrl, tokenOf('acme'))
  const people = makePeople(60)
  const ids = await onboardPeople(demo, scim, people)
  await updatePeople(demo, scim, ids)
  const group = await groupPeople(demo, scim, ids)
  await searchPeople(demo, scim, ids.length)
  await offboardPeople(demo, scim, { disabled: ids[2] ?? '', deleted: ids[3] ?? '', group })
  const requests = await replayProviders(demo, provider.baseUrl, tokenOf)
  const survived = await surviveKill(demo, provider, { token: tokenOf('acme'), restart: start })
  provider = survived.provider
  await endGracefully(demo, provider)
  console.log(`\nEverything as it should be: ${demo.done} steps in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  console.log(
    `${ids.length} people were looked after by the typed client, ${requests} recorded requests of identity providers were`,
  )
  console.log(`answered as expected, and ${survived.writes} acknowledged writes outlived SIGKILL.`)
  console.log('\nNext: npm start gives you a server of your own, README.md shows the code.')
} catch (error) {
  console.error('\nThe demo met something that should not be:\n')
  console.error(error)
  process.exitCode = 1
} finally {
  await provider?.kill()
}

async function startAndLook(narrator: Narrator): Promise<RunningProvider> {
  narrator.section(
    'A service provider on a database file',
    'The other side of SCIM: a server that identity providers write to. It runs as a process of its own on the ' +
      'loopback interface and keeps everything in one SQLite file, each tenant apart from the others.',
  )
  let running: RunningProvider | undefined
  await narrator.step('the server starts', async () => {
    running = await start()
    return `${running.baseUrl}, process ${running.pid}, ${running.driver}`
  })
  assert.ok(running)
  const { baseUrl } = running
  await narrator.step('what it can do is open to everybody, the people are not', async () => {
    const config = await fetch(`${baseUrl}/ServiceProviderConfig`)
    assert.equal(config.status, 200)
    const users = await fetch(`${baseUrl}/Users`)
    assert.equal(users.status, 401)
    assert.match(users.headers.get('www-authenticate') ?? '', /^Bearer/)
    return `GET /ServiceProviderConfig 200, GET /Users 401 ${users.headers.get('www-authenticate')}`
  })
  await narrator.step('one tenant sees nothing of another', async () => {
    const visitor = createClient(baseUrl, tokenOf('visitor'))
    const mine = await visitor.users.create({ userName: 'visitor@example.com' })
    const other = await fetch(`${baseUrl}/Users/${mine.id}`, {
      headers: { authorization: `Bearer ${tokenOf('acme')}` },
    })
    assert.equal(other.status, 404)
    return 'the id of another tenant is answered 404'
  })
  return running
}

async function endGracefully(narrator: Narrator, running: RunningProvider): Promise<void> {
  await narrator.step('the server ends when asked to', async () => {
    assert.equal(await running.stop(), 0)
    return 'SIGTERM, status 0'
  })
}
