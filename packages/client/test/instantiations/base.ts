// What app.ts imports, without a line that uses it.
import '@scimkit/core/schema'
import '@scimkit/client'
import '../acme-user.js'
