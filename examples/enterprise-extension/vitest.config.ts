import { testProject } from '../../vitest.base.js'

export default testProject('example-enterprise-extension', { typecheck: true })
