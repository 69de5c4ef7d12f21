// The page's script: the newest request first, asked for every second while the page is visible. Whatever it shows is
// written as text, never as HTML.
import type { ShownRequest, ShownRequests } from '../shown-requests.js'

const maxShown = 500
const list = findElement('requests')
const state = findElement('state')
let after = 0

void refresh()
setInterval(refresh, 1000)

async function refresh(): Promise<void> {
  if (document.hidden) return
  try {
    const response = await fetch(`/inspector/requests?after=${after}`)
    const { recorded, requests } = (await response.json()) as ShownRequests // of the server that the page comes from
    if (recorded < after) list.replaceChildren()
    after = recorded
    for (const request of requests) show(request)
    state.textContent = describeState(recorded)
  } catch {
    state.textContent = 'The server has gone'
  }
}

function describeState(recorded: number): string {
  if (recorded === 0) return 'Waiting for the first request'
  return `${recorded} ${recorded === 1 ? 'request' : 'requests'} so far`
}

function show({ method, path, query, headers, body, status, response, explanation }: ShownRequest): void {
  const refused = status === 0 || status >= 400
  const search = new URLSearchParams(query).toString()
  const summary = element('summary')
  summary.append(
    element('span', status === 0 ? '—' : String(status), refused ? 'status refused' : 'status'),
    ` ${method} ${path}${search === '' ? '' : `?${search}`}`,
  )
  const details = element('details')
  details.append(
    summary,
    ...block('Request headers', headers),
    ...block('Request body', body),
    ...block('Response headers', response.headers),
    ...block('Response body', response.body),
  )
  const item = element('li')
  item.append(details, ...explanation.map((sentence) => element('p', sentence)))
  list.prepend(item)
  while (list.children.length > maxShown) list.lastElementChild?.remove()
}

function block(title: string, value: unknown): readonly HTMLElement[] {
  if (value === undefined) return []
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return [element('h2', title), element('pre', text)]
}

function element(name: string, text?: string, className?: string): HTMLElement {
  const made = document.createElement(name)
  if (text !== undefined) made.textContent = text
  if (className !== undefined) made.className = className
  return made
}

function findElement(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no element #${id}`)
  return found
}
