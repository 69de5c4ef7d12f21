import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('list-patch-files.ts', import.meta.url))

describe('the way of a PATCH', () => {
  it('crosses at most 40 files before the store gets the changed resource', () => {
    const output = execFileSync(process.execPath, ['--conditions=@scimkit/source', '--import', 'tsx', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      encoding: 'utf8',
    })
    const { status, files }: { status: number; files: readonly string[] } = JSON.parse(output)
    expect(status).toBe(200)
    expect(files).toContain('handle-request.ts')
    expect(files.length).toBeLessThanOrEqual(40)
  })
})
