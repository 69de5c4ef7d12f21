/**
 * Facts about a resource that its service provider keeps.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.1
 */
export interface Meta {
  /** Name of the resource type. */
  readonly resourceType?: string | undefined
  /** When the resource was created. */
  readonly created?: string | undefined
  /** When the resource last changed; equal to `created` until it does. */
  readonly lastModified?: string | undefined
  /** Own URI of the resource. */
  readonly location?: string | undefined
  /** Entity tag of the resource, quotes and `W/` included. */
  readonly version?: string | undefined
}
