import ts from 'typescript'

/** A member that an object has twice; JSON.parse would keep the later one without a word. */
export interface RepeatedMember {
  readonly name: string
  /** 1-based line of the second one. */
  readonly line: number
}

/**
 * Finds the first member that stands twice in one object.
 *
 * @param text JSON that JSON.parse takes, not nested deeper than a compiler can follow.
 * @returns The member; `undefined` when every name stands once in its object.
 */
export function findRepeatedMember(text: string): RepeatedMember | undefined {
  const source = ts.parseJsonText('document.json', text)
  const visit = (node: ts.Node): RepeatedMember | undefined => {
    if (!ts.isObjectLiteralExpression(node)) return ts.forEachChild(node, visit)
    const names = new Set<string>()
    for (const property of node.properties) {
      const name = property.name && ts.isStringLiteral(property.name) ? property.name.text : undefined
      if (name === undefined) continue
      if (names.has(name)) {
        return { name, line: source.getLineAndCharacterOfPosition(property.getStart(source)).line + 1 }
      }
      names.add(name)
    }
    return ts.forEachChild(node, visit)
  }
  return visit(source)
}
