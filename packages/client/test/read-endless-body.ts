// Reads a body without end with the default limits, and prints how it ended and how much memory it took.

import { createScimClient, ScimTransportError } from '@scimkit/client'
import { userResource } from '@scimkit/core/schema'

const scim = createScimClient({ baseUrl: process.argv[2] ?? '', resources: { users: userResource } })
const error = await scim.users.get('1').catch((thrown: unknown) => thrown)
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(JSON.stringify({ reason: error instanceof ScimTransportError ? error.reason : String(error), megabytes }))
