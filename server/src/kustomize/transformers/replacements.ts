import type { Cause, Mapping } from "../../yaml/node";
import type { Field } from "../fields";
import type { Layer } from "../layer";
import type { Transformer } from "./transformer";

/** Copies values between objects. To come. */
export function replacementTransformer(_layer: Layer, _entries: readonly Field<Mapping>[], _cause: Cause): Transformer {
  return { kind: "ReplacementTransformer", apply: () => {} };
}

/** The step for the field `replacements` of a kustomization. */
export function replacementSteps(_layer: Layer): (() => Transformer)[] {
  return [];
}
