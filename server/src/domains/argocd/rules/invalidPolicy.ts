import { isPlaceholder } from "../../../analysis/placeholders";
import { replaceFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { findPolicyMistake } from "../../../argocd/projectPolicy";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { placeWithin } from "../../../yaml/placeWithin";
import { argocdObjects, itemsOf } from "../applications";
import { projectSample } from "../samples";

const sample = (action: string): string =>
  projectSample("roles:", "- name: ci", "  policies:", `  - p, proj:shop:ci, applications, ${action}, shop/*, allow`);

/** A policy of a project's role that grants nothing. */
export const invalidPolicy: Rule = {
  code: "argocd/invalid-policy",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, spec } of argocdObjects(context, "AppProject")) {
      const project = textOf(getIn(node, ["metadata", "name"]));
      for (const role of itemsOf(getValue(spec, "roles"))) {
        const name = textOf(getValue(role, "name"));
        if (project === undefined || name === undefined || isPlaceholder(project) || isPlaceholder(name)) continue;
        for (const policy of itemsOf(getValue(role, "policies"))) {
          if (policy.kind !== "scalar" || isPlaceholder(policy.text)) continue;
          const mistake = findPolicyMistake(policy.text, project, name);
          if (mistake === undefined) continue;
          const { start, end, message, help, suggestion } = mistake;
          yield { place: placeWithin(policy, start, end), message, help, data: { suggestion } };
        }
      }
    }
  },
  docs: {
    summary: "A policy of a role is none that Argo CD takes.",
    explanation:
      "A policy is `p, proj:PROJECT:ROLE, RESOURCE, ACTION, PROJECT/APPLICATION, allow` or `deny`. One that does not fit grants nothing, and Argo CD's API refuses the project.",
    bad: sample("snyc"),
    good: sample("sync"),
  },
  fix(finding) {
    const suggestion = finding.data?.["suggestion"];
    return typeof suggestion === "string" ? [replaceFix(`Change to '${suggestion}'`, finding, suggestion)] : [];
  },
};
