import { readSchemas } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { buildModel } from '../model/build-model.js'
import { emitDocs } from './emit-docs.js'

function docsOf(schema: object): string {
  const [document] = readSchemas({ id: 'urn:example:params:scim:schemas:extension:desk:2.0:User', ...schema }).schemas
  if (!document) throw new Error('the schema of the test is faulty')
  return emitDocs(buildModel(document, 'extension'))
}

describe('emitDocs', () => {
  it('writes a page with a table for each level', () => {
    const page = docsOf({
      name: 'Desk',
      description: 'Where somebody sits.',
      attributes: [
        { name: 'number', type: 'integer', required: true, description: 'Number on the desk.' },
        {
          name: 'screens',
          type: 'complex',
          multiValued: true,
          description: 'What stands on it.',
          subAttributes: [
            { name: 'kind', canonicalValues: ['flat', 'curved'] },
            { name: 'owner', type: 'reference', referenceTypes: ['User'] },
          ],
        },
      ],
    })
    expect(page).toBe(`# Desk

Where somebody sits.

\`urn:example:params:scim:schemas:extension:desk:2.0:User\`

| attribute | type | required | mutability | returned | unique | description |
| --- | --- | --- | --- | --- | --- | --- |
| \`number\` | integer | yes | readWrite | default |  | Number on the desk. |
| \`screens\` | list of complex |  | readWrite | default |  | What stands on it. |

## screens

What stands on it.

| attribute | type | required | mutability | returned | unique | description |
| --- | --- | --- | --- | --- | --- | --- |
| \`kind\` | string |  | readWrite | default |  | Such as flat, curved. |
| \`owner\` | reference to User |  | readWrite | default |  |  |
`)
  })

  it('lets no text of a schema break out of its cell', () => {
    const page = docsOf({
      name: 'Desk',
      attributes: [{ name: 'evil', description: 'a | b\n\n# c <script>alert(1)</script> [x](javascript:1) `d`' }],
    })
    const row = page.split('\n').find((line) => line.startsWith('| `evil`'))
    expect(row).toBe(
      '| `evil` | string |  | readWrite | default |  | a \\| b # c &lt;script>alert(1)&lt;/script> \\[x\\](javascript:1) \\`d\\` |',
    )
    expect(page).not.toContain('\n# c')
  })
})
