import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser'

/** Levels that a recursive parser is trusted with; deeper documents are refused by their depth elsewhere. */
const deepest = 500

/**
 * Says why a text is not a JSON document, or that a member occurs twice in one object, of which JSON.parse would keep the
 * later one without a word.
 *
 * @param text Text of the file.
 * @returns What is wrong, where, and the way out; `undefined` when nothing is.
 */
export function findJsonFault(text: string): string | undefined {
  if (text.trim() === '') return 'the file is empty; the file must hold a JSON document'
  const isJson = parses(text)
  if (isDeep(text)) return isJson ? undefined : 'this is not JSON; the file must hold a JSON document'
  const { fault, repeated } = inspect(text)
  if (!isJson) return `${fault ?? 'this is not JSON'}; the file must hold a JSON document`
  return repeated
}

function inspect(text: string): { fault: string | undefined; repeated: string | undefined } {
  let fault: string | undefined
  let repeated: string | undefined
  const objects: Set<string>[] = []
  visit(
    text,
    {
      onObjectBegin: () => void objects.push(new Set()),
      onObjectEnd: () => void objects.pop(),
      onObjectProperty(name, _offset, _length, line) {
        const names = objects.at(-1)
        if (names?.has(name)) repeated ??= describeRepeated(name, line + 1)
        names?.add(name)
      },
      onError(code, _offset, _length, line, column) {
        fault ??= `this is not JSON at line ${line + 1}, column ${column + 1}${hintFor(code)}`
      },
    },
    { disallowComments: true },
  )
  return { fault, repeated }
}

function describeRepeated(name: string, line: number): string {
  return `the member ${JSON.stringify(name).slice(0, 60)} at line ${line} occurs twice; remove one of the two`
}

function hintFor(code: ParseErrorCode): string {
  switch (printParseErrorCode(code)) {
    case 'InvalidCommentToken':
      return ', which has no comments'
    case 'PropertyNameExpected':
    case 'ValueExpected':
      return ', where a member should be (a comma belongs only between two)'
    default:
      return ''
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isDeep(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth--
    if (depth > deepest) return true
  }
  return false
}
