import { ScimError } from '@scimkit/core/schema'

/**
 * A write that is done, though the application could not be told about it as `hooks.required` demands. It has a file of
 * its own since what tells is loaded only with hooks.
 */
export class NotTold extends ScimError {
  constructor() {
    super(503, 'The change is written, but the application has not taken it in yet; send the request again')
  }
}
