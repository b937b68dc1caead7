import { documentOf, rewriteFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { rootMapping } from "../kustomizationFiles";
import { modernize, typeMeta } from "../modernize";

const name = "helmChartInflationGenerator";

/** The old form of `helmCharts`, about which Kustomize is silent. */
export const deprecatedHelmGenerator: Rule = {
  code: "kustomization/deprecated-helm-generator",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    const entry = rootMapping(documents[0])?.entries.find(({ key }) => key.text === name);
    if (entry === undefined) return;
    const message = `\`${name}\` is deprecated.`;
    yield { place: entry.key.origin.place, message, help: "Use `helmCharts` and `helmGlobals`." };
  },
  docs: {
    summary: "Charts are listed under `helmChartInflationGenerator`.",
    explanation:
      "`helmCharts` and `helmGlobals` took its place. The fix renames the fields and drops those without effect, as `kustomize edit fix` does.",
    bad: "#- kustomization.yaml\nhelmChartInflationGenerator:\n- chartName: minecraft\n  chartVersion: 3.1.3\n  releaseName: moria\n",
    good: "#- kustomization.yaml\nhelmCharts:\n- name: minecraft\n  version: 3.1.3\n  releaseName: moria\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    if (document === undefined) return [];
    const steps = [...modernize(document, name, context.snapshot), ...typeMeta];
    return rewriteFix(`Use 'helmCharts' instead of '${name}'`, document, steps);
  },
};
