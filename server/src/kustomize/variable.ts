import type { Mapping } from "../yaml/node";
import type { Field } from "./fields";

/** An entry of `vars`: a name for the value of a field of one object. */
export interface Variable {
  readonly name: string;
  readonly fieldPath: string;
  /** The entry in its kustomization. */
  readonly field: Field<Mapping>;
}
