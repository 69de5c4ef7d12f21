import { reportFailure } from '../report-failure.js'
import type { RequestContext } from '../request-context.js'
import { type Answer, answerJson } from './answer.js'
import { LongMemberList } from './long-member-list.js'

/**
 * Answers with completed resources, alone or within a message. Where a group among them has more members than are held
 * at once, they are read while the answer is written; a failure on the way breaks the answer off, so that what the
 * client has is no JSON.
 *
 * @param context Request that is answered.
 * @param resources Resources as they were completed.
 * @param body What is answered: the resource itself, or the message that holds them.
 * @param options Status; further headers, names in lower case.
 * @returns The answer.
 */
export function answerResources(
  context: RequestContext,
  resources: readonly object[],
  body: unknown,
  { status = 200, headers }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const answer = answerJson(status, body, headers)
  const lists = resources.flatMap((resource) => {
    const { members } = resource as { readonly members?: unknown } // only groups have them
    return members instanceof LongMemberList ? [members] : []
  })
  if (lists.length === 0 || answer.body === undefined) return answer
  return { status, headers: answer.headers, pieces: readPieces(context, answer.body, lists) }
}

/** The text between the lists is there already; the lists stand in it in the same order. */
async function* readPieces(
  context: RequestContext,
  text: string,
  lists: readonly LongMemberList[],
): AsyncGenerator<string, void, undefined> {
  let position = 0
  try {
    for (const list of lists) {
      const mark = JSON.stringify(list)
      const found = text.indexOf(mark, position)
      yield text.slice(position, found)
      yield* list.read()
      position = found + mark.length
    }
  } catch (error) {
    // A client that has gone is no failure of the service provider.
    if (!context.incoming.signal.aborted) reportFailure(context.service, error, context.info)
    throw error
  }
  yield text.slice(position)
}
