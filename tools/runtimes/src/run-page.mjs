import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/script.mjs"></script>'
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']

/**
 * Shows a page with a script in Chromium, until the script posts to `/report`.
 *
 * @param script Path of the script.
 * @param options Folder for the browser's profile, and milliseconds until it is given up.
 * @returns What was posted; `undefined` when nothing came in time.
 */
export async function runPage(script, { profile, timeout }) {
  let give
  const report = new Promise((resolve) => (give = resolve))
  const server = createServer(async (request, response) => {
    const isScript = request.url === '/script.mjs'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? readFileSync(script) : page)
    if (request.url === '/report') give(await text(request))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${server.address().port}/`
  const browser = spawn('chromium', [...flags, `--user-data-dir=${profile}`, url], { stdio: 'ignore' })
  const timer = setTimeout(give, timeout)
  const closed = once(browser, 'close')
  closed.then(() => give())
  const given = await report
  clearTimeout(timer)
  browser.kill()
  await closed // it writes to its profile until then
  server.closeAllConnections()
  server.close()
  return given
}
