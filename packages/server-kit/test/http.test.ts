import { memoryStore } from '../src/index.js'
import { describeHttp } from './http-suite.js'

describeHttp(() => memoryStore())
