import type { CodegenModel } from '../model/codegen-model.js'

/** A file that a plug-in makes. */
export interface EmittedFile {
  /** Path from the output folder, with forward slashes. */
  readonly path: string
  /** Text of the file, header line included. */
  readonly text: string
  /** Names that the index passes on; where two files have the same one, the plug-in that comes later gives it. */
  readonly exports?: { readonly types?: readonly string[]; readonly values?: readonly string[] } | undefined
}

/**
 * Makes files of checked schemas. Those of codegen itself have the same form as a user's own, and give way to one of
 * the same name.
 */
export interface CodegenPlugin {
  /** Name, unique within a run. */
  readonly name: string
  /** Names of the plug-ins whose files it imports. */
  readonly needs?: readonly string[] | undefined
  /**
   * @param model What to make files of; it must not be changed.
   * @returns The files; the same model must give the same bytes.
   * @throws {Error} Its message is shown with the plug-in's name, and nothing is written.
   */
  emit(model: CodegenModel): readonly EmittedFile[] | Promise<readonly EmittedFile[]>
}
