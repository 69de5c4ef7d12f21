/** The suite of a package, put in this place when it is bundled for a runtime. */
declare module 'suite' {
  /**
   * Registers the package's tests.
   *
   * @param options Whether the runtime has the sockets of `node:http`.
   */
  export function registerTests(options: { readonly sockets: boolean }): void | Promise<void>

  /**
   * @param name Name of a test, its groups before it.
   * @returns Whether the test says nothing about a runtime.
   */
  export function isLeftOut(name: string): boolean
}
