// @generated from packages/mock-server/src/inspector/page – do not edit; run npm run generate

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

export const css = `:root {
  color-scheme: light dark;
  font:
    15px / 1.5 system-ui,
    sans-serif;
}
body {
  max-width: 70rem;
  margin: 0 auto;
  padding: 1rem;
}
h1 {
  font-size: 1.3rem;
  margin: 0;
}
#state {
  margin: 0;
  opacity: 0.7;
}
#requests {
  list-style: none;
  padding: 0;
}
li {
  border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  padding: 0.6rem 0;
}
summary {
  cursor: pointer;
  font-family: ui-monospace, monospace;
  overflow-wrap: anywhere;
}
.status {
  display: inline-block;
  min-width: 3.5ch;
  font-weight: 600;
}
.refused {
  color: light-dark(#a40000, #ff9c9c);
}
li p {
  margin: 0.2rem 0;
}
pre {
  overflow: auto;
  padding: 0.6rem;
  background: color-mix(in srgb, currentColor 7%, transparent);
  border-radius: 0.3rem;
}
h2 {
  font-size: 0.9rem;
  margin: 0.8rem 0 0.2rem;
}
`

export const script = `"use strict";
(() => {
  // packages/mock-server/src/inspector/page/inspector.ts
  var maxShown = 500;
  var list = findElement("requests");
  var state = findElement("state");
  var after = 0;
  void refresh();
  setInterval(refresh, 1e3);
  async function refresh() {
    if (document.hidden) return;
    try {
      const response = await fetch(\`/inspector/requests?after=\${after}\`);
      const { recorded, requests } = await response.json();
      if (recorded < after) list.replaceChildren();
      after = recorded;
      for (const request of requests) show(request);
      state.textContent = describeState(recorded);
    } catch {
      state.textContent = "The server has gone";
    }
  }
  function describeState(recorded) {
    if (recorded === 0) return "Waiting for the first request";
    return \`\${recorded} \${recorded === 1 ? "request" : "requests"} so far\`;
  }
  function show({ method, path, query, headers, body, status, response, explanation }) {
    const refused = status === 0 || status >= 400;
    const search = new URLSearchParams(query).toString();
    const summary = element("summary");
    summary.append(
      element("span", status === 0 ? "\\u2014" : String(status), refused ? "status refused" : "status"),
      \` \${method} \${path}\${search === "" ? "" : \`?\${search}\`}\`
    );
    const details = element("details");
    details.append(
      summary,
      ...block("Request headers", headers),
      ...block("Request body", body),
      ...block("Response headers", response.headers),
      ...block("Response body", response.body)
    );
    const item = element("li");
    item.append(details, ...explanation.map((sentence) => element("p", sentence)));
    list.prepend(item);
    while (list.children.length > maxShown) list.lastElementChild?.remove();
  }
  function block(title, value) {
    if (value === void 0) return [];
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    return [element("h2", title), element("pre", text)];
  }
  function element(name, text, className) {
    const made = document.createElement(name);
    if (text !== void 0) made.textContent = text;
    if (className !== void 0) made.className = className;
    return made;
  }
  function findElement(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(\`The page has no element #\${id}\`);
    return found;
  }
})();
`
