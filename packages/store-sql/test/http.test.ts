import { describeHttp } from '../../server-kit/test/http-suite.js'
import { fileStore } from './file-store.js'

describeHttp(fileStore)
