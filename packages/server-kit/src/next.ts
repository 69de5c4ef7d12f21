export { type NextRoute, type NextRouteHandler, toNextRoute } from './adapters/to-next-route.js'
