import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a process whose CPU time is counted tells when it is ready. */
export interface Ready {
  /** Id of a user that can be read. */
  readonly id: string
  /** Ports in the order of the listeners. */
  readonly ports: readonly number[]
}

/**
 * Makes this process one whose CPU time is counted from outside: it tells its ports, answers every message with the
 * time it has used so far, and ends with its parent.
 *
 * @param id Id of a user that can be read.
 * @param listeners Contestants; each gets a port of its own.
 */
export async function serveCounted(id: string, listeners: readonly RequestListener[]): Promise<void> {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpu: user + system })
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ id, ports: await Promise.all(listeners.map(listen)) } satisfies Ready)
}

function listen(listener: RequestListener): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer({ keepAliveTimeout: 600_000 }, listener) // contestants wait while others have their turn
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)) // a TCP server has one
  })
}
