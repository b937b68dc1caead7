import { replaceFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { didYouMean } from "../../../platform/didYouMean";
import { getValue, textOf } from "../../../yaml/node";
import { field, rootMapping } from "../kustomizationFiles";

const behaviors = ["create", "replace", "merge"];

/** Any other word is taken for `create` without a word. */
export const unknownBehavior: Rule = {
  code: "kustomization/unknown-behavior",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    const root = rootMapping(documents[0]);
    for (const name of ["configMapGenerator", "secretGenerator"]) {
      const generators = field(root, name);
      for (const generator of generators?.kind === "sequence" ? generators.items : []) {
        const behavior = getValue(generator, "behavior");
        const text = textOf(behavior);
        if (behavior === undefined || text === undefined || text === "" || behaviors.includes(text)) continue;
        yield {
          place: behavior.origin.place,
          message: `\`${text}\` is no behavior: Kustomize takes it for \`create\`.`,
          help: "Write `create`, `replace` or `merge`.",
          data: { suggestion: didYouMean(text, behaviors) },
        };
      }
    }
  },
  docs: {
    summary: "The `behavior` of a generator is none of `create`, `replace` and `merge`.",
    explanation: "Kustomize does not complain, but creates a new object where a base's object was to be changed.",
    bad: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  behavior: mrege\n",
    good: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  behavior: create\n",
  },
  fix(finding) {
    const suggestion = finding.data?.["suggestion"];
    const all = typeof suggestion === "string" ? [suggestion] : behaviors;
    return all.map((name) => ({ ...replaceFix(`Change to '${name}'`, finding, name), preferred: all.length === 1 }));
  },
};
