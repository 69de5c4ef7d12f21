/** Characters of the longest body that is recorded. */
const largestRecorded = 16 * 1024 * 1024

/**
 * Reads a copy of a request's body and leaves the request itself unread.
 *
 * @param request Request whose body nobody has read.
 * @returns The text; `undefined` without a body, or for one that is larger than any handler's limit.
 */
export async function readText(request: Request): Promise<string | undefined> {
  const reader = request.clone().body?.getReader()
  if (!reader) return undefined
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length > largestRecorded) break
  }
  reader.cancel().catch(() => undefined) // settles only when the handler has done with its copy
  return undefined
}
