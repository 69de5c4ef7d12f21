import { memoryStore } from '../../src/index.js'
import { describeHttp } from '../http-suite.js'

let onSockets = false

/** Registers the HTTP suite. */
export function registerTests({ sockets }: { readonly sockets: boolean }): void {
  onSockets = sockets
  describeHttp(() => memoryStore())
}

/** Leaves out the largest test, which is about stores, and what needs sockets where there are none. */
export function isLeftOut(name: string): boolean {
  return name.includes('64 writers') || (!onSockets && name.startsWith('Node server'))
}
