import { documentOf, rewriteFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { field, rootMapping } from "../kustomizationFiles";
import { modernize, typeMeta } from "../modernize";

/** The old form of `envs`, about which Kustomize is silent. */
export const deprecatedEnv: Rule = {
  code: "kustomization/deprecated-env",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    const root = rootMapping(documents[0]);
    for (const name of ["configMapGenerator", "secretGenerator"]) {
      const generators = field(root, name);
      if (generators?.kind !== "sequence") continue;
      for (const generator of generators.items) {
        if (generator.kind !== "mapping") continue;
        const entry = generator.entries.find(({ key }) => key.text === "env");
        if (entry === undefined || getValue(generator, "env") === undefined) continue;
        yield {
          place: entry.key.origin.place,
          message: "`env` is deprecated.",
          help: "Use `envs`, which takes several files.",
        };
      }
    }
  },
  docs: {
    summary: "A generator names its env file under `env`.",
    explanation:
      "`envs` is a list and took the place of `env`. The fix moves the file there, as `kustomize edit fix` does.",
    bad: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  env: a.env\n#- a.env\nA=1\n",
    good: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  envs:\n  - a.env\n#- a.env\nA=1\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    if (document === undefined) return [];
    return rewriteFix("Use 'envs' instead of 'env'", document, [
      ...modernize(document, "env", context.snapshot),
      ...typeMeta,
    ]);
  },
};
