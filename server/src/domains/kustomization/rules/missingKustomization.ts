import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { quoteIfNeeded } from "../../../yaml/writeValue";

/** A directory that is named like a base, but holds no kustomization. */
export const missingKustomization: Rule = {
  code: "kustomization/missing-kustomization",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "A directory that is named in a kustomization holds none itself.",
    explanation:
      "Kustomize takes in directories only through their kustomization, never all their files. The fix makes one that lists the manifests of the directory.",
    bad: "#- kustomization.yaml\nresources:\n- base\n#- base/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
    good: "#- kustomization.yaml\nresources:\n- base\n#- base/kustomization.yaml\nresources:\n- a.yaml\n#- base/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
  },
  fix(finding, context) {
    const directory = finding.data?.["directory"];
    if (typeof directory !== "string") return [];
    const manifests = (context.snapshot.list(directory) ?? []).filter((name) => /\.ya?ml$/.test(name));
    const lines = manifests.map((name) => `- ${quoteIfNeeded(name, false)}\n`);
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:${lines.length > 0 ? "\n" : " []\n"}${lines.join("")}`;
    const made = { title: "Create a kustomization there", edits: [], preferred: true };
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    return [
      { ...made, creates: [{ path: `${directory}/kustomization.yaml`, text }] },
      ...(document === undefined || path === undefined ? [] : removeFix("Remove this entry", document, path)),
    ];
  },
};
