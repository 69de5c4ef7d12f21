/** A configuration that cannot be used; each line names the file, the place and the way out. */
export class ConfigError extends Error {
  override get name(): string {
    return 'ConfigError'
  }

  constructor(
    readonly lines: readonly string[],
    options?: ErrorOptions,
  ) {
    super(lines.join('\n'), options)
  }
}
