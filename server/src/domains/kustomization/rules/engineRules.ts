import type { Rule } from "../../../analysis/rule";
import { loadConditions } from "./loadConditions";
import { transformerConditions } from "./transformerConditions";

/** The rules of the engine's conditions that have no fix. */
export const engineRules: readonly Rule[] = Object.entries({ ...loadConditions, ...transformerConditions }).map(
  ([name, { severity = "error", summary, explanation, bad, good }]): Rule => ({
    code: `kustomization/${name}`,
    severity,
    scope: "build",
    check: "engine",
    docs: { summary, explanation, bad, good },
  }),
);
