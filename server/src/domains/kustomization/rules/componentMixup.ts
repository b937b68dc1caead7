import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, rewriteFix } from "../../../analysis/repair";
import type { FixContext, Rule, RuleDocs } from "../../../analysis/rule";
import { appendItem, removeAt } from "../../../yaml/edit";
import { fragmentOf } from "../../../yaml/moveValue";

const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: a-\n";

/** Rules about Components under `resources` and other kustomizations under `components`: the fix moves the entry. */
export const componentMixups: readonly Rule[] = [
  rule("component-as-resource", "components", {
    summary: "A Component is listed under `resources`.",
    explanation:
      "A Component changes the resources of the kustomization that includes it, so it belongs under `components`.",
    bad: `#- kustomization.yaml\nresources:\n- c\n#- c/kustomization.yaml\n${component}`,
    good: `#- kustomization.yaml\ncomponents:\n- c\n#- c/kustomization.yaml\n${component}`,
  }),
  rule("resource-as-component", "resources", {
    summary: "A kustomization that is no Component is listed under `components`.",
    explanation: "Only a kustomization of `kind: Component` may stand there. Others belong under `resources`.",
    bad: "#- kustomization.yaml\ncomponents:\n- b\n#- b/kustomization.yaml\nconfigMapGenerator:\n- name: a\n",
    good: "#- kustomization.yaml\nresources:\n- b\n#- b/kustomization.yaml\nconfigMapGenerator:\n- name: a\n",
  }),
];

function rule(name: string, target: string, docs: RuleDocs): Rule {
  const fix = (finding: Finding, context: FixContext) => moveTo(target, finding, context);
  return { code: `kustomization/${name}`, severity: "error", scope: "build", check: "engine", docs, fix };
}

function moveTo(target: string, finding: Finding, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  const written = document && path && fragmentOf(document, path);
  if (document === undefined || path === undefined || written === undefined) return [];
  return rewriteFix(`Move it to '${target}'`, document, [
    (current) => removeAt(current, path),
    (current) => appendItem(current, [target], written),
  ]);
}
