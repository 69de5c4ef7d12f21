import { isObject, type JsonObject } from '@scimkit/core/internal'
import { type BulkResponseOperation, type PatchOp, ScimError, urns } from '@scimkit/core/schema'
import { respondWithError } from '../response/scim-response.js'
import type { ScimResponse } from '../service/request-context.js'
import type { BulkOperation, BulkPlan } from './read-bulk-request.js'
import { type DataReferences, type FindId, resolveBulkId } from './resolve-bulk-ids.js'
import { splitData } from './split-data.js'

/** One request that an operation leads to. */
export interface BulkStep {
  readonly method: string
  /** Path below the service root. */
  readonly path: string
  readonly version?: string | undefined
  readonly data?: unknown
  /** Whether it takes back what another step did, so that before-hooks are not asked about it. */
  readonly isUndo?: boolean | undefined
}

/** What the steps of a bulk request need of the service provider. */
export interface BulkHost {
  /** URL of the service root, without a slash at the end. */
  readonly baseUrl: string
  /** Answers a step as if it had come alone; it never rejects. */
  readonly answer: (step: BulkStep) => Promise<ScimResponse>
  /** Whether a PATCH may have operations without a path; the interoperability profile forbids them. */
  readonly allowsPathless: boolean
}

/** Attributes of a created resource that wait for the ids of others. */
interface Link {
  readonly index: number
  readonly later: JsonObject
  readonly inData: DataReferences
  readonly missing: ReadonlySet<string>
  readonly location: string
}

/**
 * Carries out a bulk request: in its order, but what an operation refers to is created before it. Where resources refer
 * to each other in a circle, each is created without the reference and linked once all have an id.
 *
 * @param plan Checked operations.
 * @param host Service provider.
 * @returns The outcome of every operation that was begun, in the order of the request.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export async function runBulk(plan: BulkPlan, host: BulkHost): Promise<readonly BulkResponseOperation[]> {
  const run = new BulkRun(plan, host)
  for (const index of plan.operations.keys()) {
    await run.begin(index)
    await run.linkCreated()
  }
  return run.outcomes.filter((outcome) => outcome !== undefined)
}

class BulkRun {
  readonly outcomes: (BulkResponseOperation | undefined)[] = []
  readonly #operations: readonly BulkOperation[]
  readonly #failOnErrors: number
  readonly #host: BulkHost
  /** Index of the POST behind each bulkId. */
  readonly #creating: ReadonlyMap<string, number>
  readonly #ids = new Map<string, string>()
  readonly #begun = new Set<number>()
  #links: Link[] = []
  #failures = 0

  constructor({ operations, failOnErrors }: BulkPlan, host: BulkHost) {
    this.#operations = operations
    this.#failOnErrors = failOnErrors
    this.#host = host
    const posts = [...operations.entries()].filter(([, { method, fault }]) => method === 'POST' && !fault)
    this.#creating = new Map(posts.map(([index, { bulkId = '' }]) => [bulkId, index]))
  }

  /** Carries out an operation, and before it those that create what it refers to. */
  async begin(index: number): Promise<void> {
    const operation = this.#operations[index]
    if (!operation || this.#begun.has(index) || this.#hasFailed()) return
    this.#begun.add(index)
    for (const bulkId of operation.references) await this.begin(this.#creating.get(bulkId) ?? -1)
    if (this.#hasFailed()) return
    const fault = operation.fault ?? this.#findBrokenReference(operation)
    if (fault) this.#finish(index, respondWithError(fault))
    else await this.#carryOut(index, operation)
  }

  /** Writes what had to wait, now that everything that could be created has its id. */
  async linkCreated(): Promise<void> {
    const links = this.#links
    this.#links = []
    for (const link of links) await this.#link(link)
  }

  #hasFailed(): boolean {
    return this.#failures >= this.#failOnErrors
  }

  /** A reference is broken when nothing creates the resource, or its creation has failed. */
  #findBrokenReference({ references }: BulkOperation): ScimError | undefined {
    for (const bulkId of references) {
      const creating = this.#creating.get(bulkId)
      const failed = creating !== undefined && this.outcomes[creating] !== undefined && !this.#ids.has(bulkId)
      if (creating === undefined || failed) {
        return new ScimError(409, 'The operation refers to a bulkId whose resource was not created')
      }
    }
    return undefined
  }

  async #carryOut(index: number, operation: BulkOperation): Promise<void> {
    const { method, path, version, data, inData, bulkId, references } = operation
    const missing = new Set([...references].filter((name) => !this.#ids.has(name)))
    // What is missing then waits for this operation, which is a POST, whose data is an object.
    const split = inData && missing.size > 0 ? splitData(data as JsonObject, inData, missing) : undefined
    const now = split ? split.now : data
    const step = { path: this.#resolvePath(path), data: references.size > 0 ? inData?.resolve(now, this.#findId) : now }
    const answer = await this.#host.answer({ method, version, ...step })
    const location = answer.headers.location
    if (bulkId !== undefined && method === 'POST' && answer.status === 201 && location !== undefined) {
      this.#ids.set(bulkId, decodeURIComponent(location.slice(location.lastIndexOf('/') + 1)))
      if (split && inData) {
        this.#links.push({ index, later: split.later, inData, missing, location })
        return
      }
    }
    this.#finish(index, answer)
  }

  async #link({ index, later, inData, missing, location }: Link): Promise<void> {
    const path = location.slice(this.#host.baseUrl.length)
    const message: PatchOp = {
      schemas: [urns.patchOp],
      Operations: this.#toOperations(inData.resolve(later, this.#findId) as JsonObject, inData), // it keeps its shape
    }
    const complete = [...missing].every((bulkId) => this.#ids.has(bulkId))
    const broken = new ScimError(409, 'The operation refers to a bulkId whose resource was not created')
    const answer = complete
      ? await this.#host.answer({ method: 'PATCH', path, data: message })
      : respondWithError(broken)
    if (answer.status < 400) {
      this.#finish(index, { status: 201, headers: { ...answer.headers, location } })
      return
    }
    // The operation as a whole has failed, so nothing of it may stay.
    await this.#host.answer({ method: 'DELETE', path, isUndo: true })
    this.#ids.delete(this.#operations[index]?.bulkId ?? '')
    this.#finish(index, answer)
  }

  readonly #findId: FindId = (bulkId) => this.#ids.get(bulkId)

  #resolvePath(path: string): string {
    return resolveBulkId(path, this.#findId)
  }

  #toOperations(later: JsonObject, inData: DataReferences): PatchOp['Operations'] {
    if (this.#host.allowsPathless) return [{ op: 'replace', value: later }]
    return Object.entries(later).flatMap(([path, value]) => {
      const attributes: readonly (readonly [string, unknown])[] =
        isObject(value) && inData.isContainer(path)
          ? Object.entries(value).map(([name, inner]) => [`${path}:${name}`, inner])
          : [[path, value]]
      return attributes.map(([name, inner]) => ({ op: 'replace' as const, path: name, value: inner }))
    })
  }

  #finish(index: number, { status, headers, body }: ScimResponse): void {
    const { method, path, bulkId } = this.#operations[index] ?? { method: '', path: '', bulkId: undefined }
    const failed = status >= 400
    if (failed) this.#failures++
    const location = headers.location ?? (method === 'POST' ? undefined : this.#host.baseUrl + this.#resolvePath(path))
    // JSON leaves out what is undefined.
    this.outcomes[index] = {
      location,
      method,
      bulkId,
      version: headers.etag,
      status: String(status),
      response: failed && body !== undefined ? JSON.parse(body) : undefined,
    }
  }
}
