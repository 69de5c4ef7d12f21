// npm run pack: set-up, then the tarball of every public package, as npm would get it, in the folder tarballs/.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'
import { setup } from './setup.mjs'

await setup()

const folder = join(root, 'tarballs')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
for (const parent of ['packages', 'tools']) {
  for (const name of readdirSync(join(root, parent))) {
    if (isPublic(join(root, parent, name))) await pack(`${parent}/${name}`)
  }
}
for (const file of readdirSync(folder)) console.log(join('tarballs', file))
console.log(`\nin your project: npm install ${join(folder, '*.tgz')} zod`)

function isPublic(location) {
  try {
    return !JSON.parse(readFileSync(join(location, 'package.json'), 'utf8')).private
  } catch {
    return false
  }
}

async function pack(location) {
  const status = await run('pnpm', ['--dir', location, 'pack', '--pack-destination', folder], { quiet: true })
  if (status !== 0) process.exit(status)
}
