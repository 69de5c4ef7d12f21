import { emitDocs } from '../emit/emit-docs.js'
import { markdownHeader } from '../emit/header-line.js'
import type { CodegenPlugin } from './codegen-plugin.js'

/** Options of a plug-in that writes files beside the code. */
export interface FolderOptions {
  /** Folder of its files, from the output folder; `.` is that folder itself. */
  readonly folder?: string | undefined
}

/**
 * Makes the plug-in that writes a Markdown page for each schema.
 *
 * @param options Where the pages go, by default to `docs`.
 * @returns The plug-in `docs`.
 */
export function docs({ folder = 'docs' }: FolderOptions = {}): CodegenPlugin {
  return {
    name: 'docs',
    emit: ({ schemas, command }) =>
      schemas.map(({ file, model, names }) => ({
        path: `${folder}/${names.file}.md`,
        text: markdownHeader(file, command) + emitDocs(model),
      })),
  }
}
