const waiting: (() => Promise<void>)[] = []
let started = false

/**
 * Begins to load everything that would be loaded on use, now and for modules that come later. A module in memory is not
 * looked for again, even when its file is gone.
 */
export function beginLoading(): void {
  started = true
  for (const begin of waiting.splice(0)) begin().catch(ignore)
}

/** The call that needs the module tries again, and reports the failure. */
function ignore(): void {}

/**
 * Makes a function of one in a module of its own, which is loaded when it is first called. Once it is there,
 * calls are synchronous: asking the platform's loader each time costs more than a request.
 *
 * @param load Imports the module; after a failure the next call tries again.
 * @param run Calls the function of the module.
 * @returns The function; it gives a promise while the module is loaded, and afterwards whatever `run` gives.
 */
export function loadOnUse<Module, Parameters extends readonly unknown[], Result>(
  load: () => Promise<Module>,
  run: (module: Module, ...parameters: Parameters) => Result,
): (...parameters: Parameters) => Result | Promise<Awaited<Result>> {
  let loaded: Module | undefined
  const begin = async (): Promise<void> => {
    loaded ??= await load()
  }
  if (started) begin().catch(ignore)
  else waiting.push(begin)
  const wait = async (parameters: Parameters): Promise<Awaited<Result>> => {
    loaded = await load()
    return await run(loaded, ...parameters)
  }
  return (...parameters) => (loaded ? run(loaded, ...parameters) : wait(parameters))
}
