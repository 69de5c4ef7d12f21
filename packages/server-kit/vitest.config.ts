import { testProject } from '../../vitest.base.js'

export default testProject('server-kit', { typecheck: true })
