import type { RequestListener } from 'node:http'
import { toNodeListener } from '@scimkit/server-kit/node'
import { call, createContestant, smallUser } from './contestants.js'
import { serveCounted } from './counted-process.js'

/** The floor and ours in one process, each on a port of its own. */
const handler = createContestant()
const { id } = await call(handler, 'POST', '/Users', smallUser('bjensen@example.com'))
const constant = JSON.stringify(await call(handler, 'GET', `/Users/${id}`))
const headers = { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(constant) }

const bareGet: RequestListener = (_request, response) => {
  response.writeHead(200, headers)
  response.end(constant)
}

for (let n = 1; n < 100; n++) await call(handler, 'POST', '/Users', smallUser(`user-${n}@list.example.com`))
const list = await call(handler, 'GET', '/Users?count=100')

const bareList: RequestListener = (_request, response) => {
  const body = JSON.stringify(list)
  response.writeHead(200, { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

const bareEcho: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    response.writeHead(201, { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  })
}

await serveCounted(id, [bareGet, bareEcho, bareList, toNodeListener(handler)])
