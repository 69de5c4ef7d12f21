/**
 * Remembers a module that is loaded on first use: asking the platform's loader each time costs more than a request.
 *
 * @param load Imports the module.
 * @returns A function that gives the module; after a failure the next call tries again.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
