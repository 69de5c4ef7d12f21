export { toExpress } from './adapters/to-express.js'
