export { type Captured, fillPlaceholders } from './fill-placeholders.js'
export { matchResponse } from './match-response.js'
export { matchValue } from './match-value.js'
export { type ReceivedResponse, readResponse } from './read-response.js'
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
