import type { Hit, Rule } from "../../../analysis/rule";
import { quote } from "../../../analysis/suggestionFix";
import type { ViolationKind } from "../../../schema/violation";
import { patchedViolations } from "../jsonPatchValues";

/** What other schemas than Kubernetes' own may have in another version. */
const unsureKinds: ReadonlySet<ViolationKind> = new Set(["unknown-field", "unknown-value", "old-boolean"]);

/** A JSON patch that makes an object against its schema. */
export const patchedValue: Rule = {
  code: "schema/patched-value",
  severity: "error",
  scope: "build",
  *check(context): Iterable<Hit> {
    for (const { kind, place, message, help, expected } of patchedViolations(context)) {
      yield { place, message, help, data: { expected }, severity: unsureKinds.has(kind) ? "warning" : undefined };
    }
  },
  docs: {
    summary: "A JSON patch puts a value into an object that its schema does not allow.",
    explanation:
      "The patch does not say what it changes, so the rendered object is looked at. The API server refuses it, for example where data of a ConfigMap become a number.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: add\n      path: /data/retries\n      value: 3\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n",
    good: '#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: add\n      path: /data/retries\n      value: "3"\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n',
  },
  fix({ place, data }) {
    const written = place.file.text.slice(place.start, place.end);
    return data?.["expected"] === "string" && /^[\w.+-]+$/.test(written) ? [quote(place)] : [];
  },
};
