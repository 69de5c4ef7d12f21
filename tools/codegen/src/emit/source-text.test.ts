import fc from 'fast-check'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { docComment, type LiteralValue, literal, plainLine, propertyName, quote } from './source-text.js'

/** The value that TypeScript reads from a literal. */
function evaluate(text: string): unknown {
  const { outputText } = ts.transpileModule(`export const value = ${text}`, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const module: { exports: { value?: unknown } } = { exports: {} }
  new Function('exports', outputText)(module.exports) // the text is ours, and what it must not do is what is tested
  return module.exports.value
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\\', "'", '"', '`', '$', '{', '\n', '\r', '\u2028', '*', '/', '\ud800', 'a') }),
)

describe('quote', () => {
  it('gives back every text', () => {
    fc.assert(
      fc.property(texts, (text) => evaluate(quote(text)) === text),
      { numRuns: 500 },
    )
  })

  it('takes the quotes that need fewer escapes', () => {
    expect([quote('plain'), quote("it's"), quote('"a" and \'b\'')]).toEqual([
      "'plain'",
      '"it\'s"',
      "'\"a\" and \\'b\\''",
    ])
  })

  it('shows no character that a reader cannot see', () => {
    expect(quote('a\u2028b\u202ec\ufeffd\u007f')).toBe("'a\\u2028b\\u202ec\\ufeffd\\u007f'")
  })

  it('names no source map', () => {
    expect(quote('//# sourceMappingURL=x')).not.toContain('sourceMappingURL=')
    expect(evaluate(quote('//# sourceMappingURL=x'))).toBe('//# sourceMappingURL=x')
  })
})

describe('literal', () => {
  const values: fc.Arbitrary<LiteralValue> = fc.letrec<{ value: LiteralValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      texts,
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'B', '$', '-', '.', "'", '1') }), tie('value'), {
        maxKeys: 4,
      }),
    ),
  })).value

  it('gives back every value', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(evaluate(literal(value))).toEqual(value)
      }),
      { numRuns: 300 },
    )
  })

  it('breaks what is longer than a line', () => {
    const long = literal({ names: Array.from({ length: 20 }, (_, index) => `name number ${index}`) })
    expect(long.split('\n').length).toBe(24)
  })
})

describe('propertyName', () => {
  it('quotes only what needs it', () => {
    expect(['userName', '$ref', 'a-b', 'urn:a:b', '9'].map(propertyName)).toEqual([
      'userName',
      '$ref',
      "'a-b'",
      "'urn:a:b'",
      "'9'",
    ])
  })
})

describe('docComment', () => {
  it('never ends before its end', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const source = ts.createSourceFile('a.ts', `${docComment(text)}const a = 1\n`, ts.ScriptTarget.ES2022)
        expect(source.statements.map(({ kind }) => kind)).toEqual([ts.SyntaxKind.FirstStatement])
      }),
    )
  })

  it('is one line where it fits and wraps words where it does not', () => {
    expect(docComment('Short.', '  ')).toBe('  /** Short. */\n')
    const lines = docComment('word '.repeat(60), '  ').split('\n')
    expect(lines[0]).toBe('  /**')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120)
  })

  it('gives nothing for nothing', () => {
    expect(docComment(' \n ')).toBe('')
  })
})

describe('plainLine', () => {
  it('lets no tag begin', () => {
    expect(plainLine('Plain words, (with) signs: a-b/c.')).toBe('Plain words, (with) signs: a-b/c.')
    expect(plainLine('@ts-ignore x {@link y} a@b')).toBe('\\@ts-ignore x {\\@link y} a@b')
  })
})
