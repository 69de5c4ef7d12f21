import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, resolve, sep } from 'node:path'
import { toSlashes } from '../../input/expand-pattern.js'
import type { GenerateRun } from '../../run-generate.js'

/** Changes that came together. */
export interface InputChange {
  /** Whether the configuration is among what changed. */
  readonly config: boolean
  /** When the first of them was noticed, as `performance.now()` counts. */
  readonly time: number
}

/** The inputs of a run under watch. */
export interface InputWatch {
  /** Watches the inputs of this run and no others, folders that have come anew included. */
  follow(run: GenerateRun, configFile: string | undefined): void
  /** Waits for a change and for the quiet after it, in milliseconds; `undefined` when the watch has ended. */
  nextChange(quiet: number): Promise<InputChange | undefined>
}

/**
 * Watches folders, not files: an editor that saves by renaming puts another file in the place of the one it opened, and
 * new files have to be noticed as well.
 *
 * @param signal Ends the watch.
 * @returns The watch, which follows nothing yet.
 */
export function watchInputs(signal: AbortSignal): InputWatch {
  const watchers = new Map<string, FSWatcher>()
  let pending: { config: boolean; time: number } | undefined
  let wake: () => void = () => undefined
  const notice = (path: string | undefined, watched: WatchedInputs) => {
    const config = path !== undefined && path === watched.config
    if (path !== undefined && !config && !isInput(path, watched)) return
    pending = { config: config || (pending?.config ?? false), time: pending?.time ?? performance.now() }
    wake()
  }
  const close = () => {
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
    wake()
  }
  signal.addEventListener('abort', close)
  let watched: WatchedInputs = { config: undefined, out: '', folders: new Map() }
  return {
    follow(run, configFile) {
      if (signal.aborted) return
      watched = listInputs(run, configFile)
      const wanted = new Map([...watched.folders].map(([folder, deep]) => [keyOf(folder, deep), { folder, deep }]))
      for (const [key, watcher] of watchers) {
        if (wanted.has(key)) continue
        watcher.close()
        watchers.delete(key)
      }
      for (const [key, { folder, deep }] of wanted) {
        if (watchers.has(key)) continue
        const watcher = watch(folder, { recursive: deep }, (_event, name) =>
          notice(name === null ? undefined : resolve(folder, name), watched),
        )
        watcher.on('error', () => watchers.delete(key)) // the folder has gone; its parent is followed after the next build
        watchers.set(key, watcher)
      }
    },
    async nextChange(quiet) {
      while (!signal.aborted) {
        if (!pending)
          await new Promise<void>((done) => {
            wake = done
          })
        if (signal.aborted) return undefined
        await new Promise((done) => setTimeout(done, quiet))
        const change = pending
        pending = undefined
        if (change) return change
      }
      return undefined
    },
  }
}

/** What is watched, all paths absolute. */
interface WatchedInputs {
  readonly config: string | undefined
  /** Output folder; nothing in it is an input. */
  readonly out: string
  /** Folders, and whether those below count too. */
  readonly folders: ReadonlyMap<string, boolean>
}

function listInputs(run: GenerateRun, configFile: string | undefined): WatchedInputs {
  const folders = new Map<string, boolean>()
  const add = (folder: string, deep: boolean) => {
    const there = nearestFolder(resolve(folder))
    folders.set(there, deep || (folders.get(there) ?? false))
  }
  for (const pattern of [...run.schemas, ...(run.resourceTypes ?? [])]) {
    const kind = statSync(pattern, { throwIfNoEntry: false })
    if (kind?.isDirectory()) {
      add(pattern, false)
      add(dirname(resolve(pattern)), false) // so that its removal and return are seen
      continue
    }
    const parts = toSlashes(pattern).split('/')
    const wild = parts.findIndex((part) => /[*?]/.test(part))
    if (kind || wild < 0) add(dirname(pattern), false)
    else add(parts.slice(0, wild).join('/') || (pattern.startsWith('/') ? '/' : '.'), wild < parts.length - 1)
  }
  if (configFile !== undefined) add(dirname(configFile), false)
  return { config: configFile === undefined ? undefined : resolve(configFile), out: resolve(run.out), folders }
}

function nearestFolder(folder: string): string {
  for (let path = folder; ; path = dirname(path)) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() || path === dirname(path)) return path
  }
}

/** Anything but JSON may be a folder that came or went. */
function isInput(path: string, { out, folders }: WatchedInputs): boolean {
  if (path === out || path.startsWith(out + sep)) return false
  if (path.endsWith('.json')) return true
  return folders.has(path) || (!basename(path).includes('.') && !path.includes(`${sep}node_modules${sep}`))
}

/** A folder that was removed and made anew is another one. */
function keyOf(folder: string, deep: boolean): string {
  return `${folder}:${statSync(folder, { throwIfNoEntry: false })?.ino}:${deep}`
}
