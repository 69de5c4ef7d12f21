import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeListener } from '@scimkit/server-kit/node'
import { call, createContestant, smallUser } from './contestants.js'

/** The process whose CPU time is counted: ours and the floor, each on a port of its own. */
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

function listen(listener: RequestListener): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer({ keepAliveTimeout: 600_000 }, listener) // contestants wait while others have their turn
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)) // a TCP server has one
  })
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system })
})
process.on('disconnect', () => process.exit(0))
const listeners = [bareGet, bareEcho, bareList, toNodeListener(handler)]
process.send?.({ id, ports: await Promise.all(listeners.map(listen)) })
