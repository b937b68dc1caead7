import type { Cause, Mapping } from "../../yaml/node";
import type { Field } from "../fields";
import type { Layer } from "../layer";
import type { Transformer } from "./transformer";

/** Adds a value to fields. To come. */
export function valueAddTransformer(_layer: Layer, _fields: Field<Mapping>, _cause: Cause): Transformer {
  return { kind: "ValueAddTransformer", apply: () => {} };
}
