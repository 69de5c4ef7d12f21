/** The page. It holds no data; its script fetches them and writes them as text alone. */
export const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>scim-mock-server</title>
<link rel="stylesheet" href="/inspector/page.css">
<script src="/inspector/page.js" defer></script>
</head>
<body>
<header>
<h1>Requests</h1>
<p id="state" role="status">Waiting for the first request</p>
</header>
<main>
<ol id="requests" aria-live="polite"></ol>
</main>
</body>
</html>
`

/** Its style, for light and dark. */
export const css = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 70rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.3rem; margin: 0 }
#state { margin: 0; opacity: .7 }
#requests { list-style: none; padding: 0 }
li { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .6rem 0 }
summary { cursor: pointer; font-family: ui-monospace, monospace; overflow-wrap: anywhere }
.status { display: inline-block; min-width: 3.5ch; font-weight: 600 }
.refused { color: light-dark(#a40000, #ff9c9c) }
li p { margin: .2rem 0 }
pre { overflow: auto; padding: .6rem; background: color-mix(in srgb, currentColor 7%, transparent); border-radius: .3rem }
h2 { font-size: .9rem; margin: .8rem 0 .2rem }
`

/** Its script: newest request first, asked for every second while the page is looked at. */
export const script = `'use strict'
const list = document.getElementById('requests')
const state = document.getElementById('state')
let after = 0

function element(name, text, className) {
  const made = document.createElement(name)
  if (text !== undefined) made.textContent = text
  if (className !== undefined) made.className = className
  return made
}

function block(title, value) {
  if (value === undefined) return []
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return [element('h2', title), element('pre', text)]
}

function show(request) {
  const item = element('li')
  const summary = element('summary')
  const query = new URLSearchParams(request.query).toString()
  summary.append(
    element('span', request.status === 0 ? '—' : String(request.status), request.status >= 400 || request.status === 0 ? 'status refused' : 'status'),
    ' ' + request.method + ' ' + request.path + (query === '' ? '' : '?' + query),
  )
  const details = element('details')
  details.append(
    summary,
    ...block('Request headers', request.headers),
    ...block('Request body', request.body),
    ...block('Answer headers', request.response.headers),
    ...block('Answer', request.response.body),
  )
  item.append(details, ...request.explanation.map((sentence) => element('p', sentence)))
  list.prepend(item)
  while (list.children.length > 500) list.lastElementChild.remove()
}

async function refresh() {
  if (document.hidden) return
  try {
    const response = await fetch('/inspector/requests?after=' + after)
    const { recorded, requests } = await response.json()
    if (recorded < after) list.replaceChildren()
    after = recorded
    requests.forEach(show)
    state.textContent = recorded === 0 ? 'Waiting for the first request' : recorded + (recorded === 1 ? ' request' : ' requests') + ' so far'
  } catch {
    state.textContent = 'The server has gone'
  }
}

refresh()
setInterval(refresh, 1000)
`
