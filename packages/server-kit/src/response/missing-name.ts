/** Stands where a name belongs until it is read; a projection that leaves the name out takes it away. */
export class MissingName {
  /** @param id Id of the resource whose name it is; `value` may not be part of the answer. */
  constructor(readonly id: string) {}
}
