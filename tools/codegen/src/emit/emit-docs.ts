import type { AttributeModel, SchemaModel } from '../model/schema-model.js'

/**
 * Writes the Markdown page of a schema: what it is, and a table of its attributes for each level.
 *
 * @param schema Schema to describe.
 * @returns The page; texts of the schema can neither break the tables nor bring HTML along.
 */
export function emitDocs(schema: SchemaModel): string {
  return [
    `# ${plain(schema.name)}`,
    ...(schema.description ? [plain(schema.description)] : []),
    `\`${schema.id}\``,
    table(schema.attributes),
    ...sectionsOf(schema.attributes, ''),
  ]
    .join('\n\n')
    .concat('\n')
}

function sectionsOf(attributes: readonly AttributeModel[], prefix: string): readonly string[] {
  return attributes.flatMap(({ name, description, subAttributes }) => {
    if (!subAttributes) return []
    const path = prefix + name
    const intro = description ? [plain(description)] : []
    return [`## ${plain(path)}`, ...intro, table(subAttributes), ...sectionsOf(subAttributes, `${path}.`)]
  })
}

function table(attributes: readonly AttributeModel[]): string {
  return [
    '| attribute | type | required | mutability | returned | unique | description |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...attributes.map(row),
  ].join('\n')
}

function row(attribute: AttributeModel): string {
  const cells = [
    `\`${attribute.name}\``,
    typeOf(attribute),
    attribute.required ? 'yes' : '',
    attribute.mutability,
    attribute.returned,
    attribute.uniqueness === 'none' ? '' : attribute.uniqueness,
    textOf(attribute),
  ]
  return `| ${cells.join(' | ')} |`
}

function typeOf({ type, multiValued, caseExact, referenceTypes }: AttributeModel): string {
  const exact = type === 'string' && caseExact ? ', case exact' : ''
  const targets = referenceTypes?.length ? ` to ${referenceTypes.map(plain).join(', ')}` : ''
  return `${multiValued ? 'list of ' : ''}${type}${targets}${exact}`
}

function textOf({ description, canonicalValues }: AttributeModel): string {
  const values = canonicalValues?.length ? `Such as ${canonicalValues.map(plain).join(', ')}.` : ''
  return [plain(description ?? ''), values].filter(Boolean).join(' ')
}

/** One line of text without meaning to Markdown: no table cells, no tags, no links, no emphasis. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .trim()
}
