export { toNodeListener } from './adapters/to-node-listener.js'
