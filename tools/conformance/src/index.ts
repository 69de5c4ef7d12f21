export { type Answer, readAnswer } from './answer.js'
export { type Captured, fillPlaceholders } from './fill-placeholders.js'
export { matchAnswer } from './match-answer.js'
export { matchValue } from './match-value.js'
export { readSamples, type SampleFolder } from './read-samples.js'
export {
  type ReplayOptions,
  type ReplayReport,
  type ReplayStep,
  replayConversation,
  replaySample,
} from './replay-sample.js'
export type {
  CaptureSource,
  Captures,
  ConversationSample,
  ConversationStep,
  DocumentSample,
  Exchange,
  ExchangeSample,
  Expectation,
  Given,
  Outcome,
  Sample,
  SampleHeader,
  SampleRequest,
} from './sample.js'
export { sendRequest, type Target } from './send-request.js'
