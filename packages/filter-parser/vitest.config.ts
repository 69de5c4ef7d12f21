import { testProject } from '../../vitest.base.js'

export default testProject('filter-parser', { typecheck: true })
