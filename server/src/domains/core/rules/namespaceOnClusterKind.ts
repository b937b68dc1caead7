import { objectsOf } from "../../../analysis/checkedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { removeAt } from "../../../yaml/edit";
import { getValue } from "../../../yaml/node";
import { readDocuments } from "../../../yaml/read";

/** A namespace on an object that lives in none. */
export const namespaceOnClusterKind: Rule = {
  code: "core/namespace-on-cluster-kind",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, known, kind, partial } of objectsOf(context)) {
      const metadata = getValue(node, "metadata");
      if (known?.scope !== "Cluster" || partial || metadata?.kind !== "mapping") continue;
      const namespace = metadata.entries.find(({ key }) => key.text === "namespace");
      if (namespace === undefined) continue;
      const message = `A ${kind} lives in no namespace.`;
      yield { place: namespace.key.origin.place, message, help: "Remove `namespace`." };
    }
  },
  docs: {
    summary: "An object of a kind that lives in no namespace names one.",
    explanation: "It has no effect, and tools that compare objects by namespace take it for another object.",
    bad: "#- a.yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reader\n  namespace: web\nrules: []\n",
    good: "#- a.yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reader\nrules: []\n",
  },
  fix({ place: { file, start } }) {
    const document = readDocuments(file).find((each) => each.start <= start && start < each.end);
    const edits = document && removeAt(document, ["metadata", "namespace"]);
    const inside = getValue(getValue(document?.root, "metadata"), "namespace");
    if (document === undefined || edits === undefined || inside === undefined) return [];
    const changes = edits.map((edit) => ({ place: { file, start: edit.start, end: edit.end }, text: edit.text }));
    return [{ title: "Remove 'namespace'", edits: changes, preferred: true }];
  },
};
