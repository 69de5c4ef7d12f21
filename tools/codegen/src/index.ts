export { type GeneratedCode, type GenerateOptions, generate } from './generate.js'
export type { DocumentSource, SourceFault } from './read-sources.js'
