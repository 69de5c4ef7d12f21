export { type FastifyHost, toFastify } from './adapters/to-fastify.js'
