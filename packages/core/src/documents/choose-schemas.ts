import { foldCase } from '../text/fold-case.js'
import { urns } from '../urns.js'

/** Which schemas of the documents are read, by URI; case does not count. */
export interface SchemaChoice {
  /** These alone. What core has ready stays available to resource types. */
  readonly include?: readonly string[] | undefined
  /** All but these; their faults do not count, and resource types go without them. */
  readonly exclude?: readonly string[] | undefined
}

/** Says what is chosen. */
export interface ChosenSchemas {
  /**
   * @param id What a schema document has as its id.
   * @returns Whether the document is read.
   */
  has(id: unknown): boolean
  /**
   * @param urn What a resource type names.
   * @returns Whether it goes with that schema.
   */
  refersTo(urn: string): boolean
}

const bundled = [urns.user, urns.group, urns.enterpriseUser].map(foldCase)

/**
 * Makes the choice of an include and an exclude list.
 *
 * @param choice The lists; everything is chosen without them.
 * @returns What is chosen.
 */
export function chooseSchemas({ include, exclude = [] }: SchemaChoice): ChosenSchemas {
  const excluded = new Set(exclude.map(foldCase))
  const included = include && new Set(include.map(foldCase))
  const ready = included && new Set([...included, ...bundled])
  const isChosen = (urn: string, among: ReadonlySet<string> | undefined) =>
    !excluded.has(foldCase(urn)) && (among === undefined || among.has(foldCase(urn)))
  return {
    has: (id) => (typeof id === 'string' ? isChosen(id, included) : included === undefined),
    refersTo: (urn) => isChosen(urn, ready),
  }
}
