import type { Rule } from "../../../analysis/rule";
import { quote } from "../../../analysis/suggestionFix";
import { schemaRule } from "./schemaRule";

/** A value of another type than its field takes. */
export const wrongType: Rule = schemaRule({
  name: "wrong-type",
  violation: "wrong-type",
  docs: {
    summary: "A value has a type that its field does not take.",
    explanation:
      "The API server refuses the object. YAML reads `true`, `5`, `0777` and `1e3` as booleans and numbers; labels, annotations and environment variables must be strings, so put such values in quotes. Kustomize writes the annotations of an object as text: in a file that it builds, they are a warning.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: 5\n",
    good: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: "5"\n',
  },
  fix({ place, data }) {
    const written = place.file.text.slice(place.start, place.end);
    const expected = String(data?.["expected"]);
    if (expected === "string" && /^[^"'\s{[&*!|>][^"\n]*$/.test(written)) return [quote(place)];
    const inner = /^(["'])([^"']*)\1$/.exec(written)?.[2];
    const fits = expected === "boolean" ? /^(?:true|false)$/ : /^-?\d+$/;
    if (inner === undefined || !["integer", "boolean", "number"].includes(expected) || !fits.test(inner)) return [];
    return [{ title: "Take the quotes away", edits: [{ place, text: inner }], preferred: true }];
  },
});
