/**
 * A SCIM service provider for unit tests and laptops. Use it in a test or a small program; on the command line it is
 * `scim-mock-server`.
 */

// The server.

export { createMockServer, type MockServer } from './create-mock-server.js'
export type { MockServerOptions } from './mock-server-options.js'
export type { SeedResources } from './provider/seed-resources.js'

// What it recorded, and failures on demand.

export type { FailureRule } from './failure-rules.js'
export type { RecordedRequest } from './recorder/request-recorder.js'

// Over the network.

export type { Listener, ListenOptions } from './listen.js'
