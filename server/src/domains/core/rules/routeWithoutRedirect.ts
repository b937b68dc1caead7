import { objectsOf } from "../../../analysis/checkedObjects";
import { documentOf, fixOf } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { insertEntry } from "../../../yaml/edit";
import { getIn, getValue, textOf } from "../../../yaml/node";

/** A Route that does not say what becomes of plain HTTP. */
export const routeWithoutRedirect: Rule = {
  code: "core/route-without-redirect",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind, apiVersion, partial } of objectsOf(context)) {
      if (partial || context.deployed === "changed" || kind !== "Route") continue;
      const spec = getValue(node, "spec");
      const holder = spec?.kind === "mapping" ? spec.entries.find(({ key }) => key.text === "tls") : undefined;
      const termination = textOf(getValue(holder?.value, "termination")) ?? "";
      if (!apiVersion.startsWith("route.openshift.io/") || holder === undefined) continue;
      if (!["edge", "reencrypt"].includes(termination)) continue;
      if (getValue(holder.value, "insecureEdgeTerminationPolicy") !== undefined) continue;
      yield {
        place: holder.key.origin.place,
        message: "The Route does not say what becomes of plain HTTP, so such requests get no answer.",
        help: "Add `insecureEdgeTerminationPolicy: Redirect`, or `None` if that is meant.",
      };
    }
  },
  docs: {
    summary: "A Route with `edge` or `reencrypt` does not say what becomes of requests by plain HTTP.",
    explanation: "Without `insecureEdgeTerminationPolicy` they get no answer. `Redirect` sends them on to HTTPS.",
    bad: "#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  to:\n    kind: Service\n    name: web\n  tls:\n    termination: edge\n",
    good: "#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  to:\n    kind: Service\n    name: web\n  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: Redirect\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    if (document === undefined || getIn(document.root, ["spec", "tls"]) === undefined) return [];
    const entry = { key: "insecureEdgeTerminationPolicy", value: "Redirect" };
    return fixOf("Redirect plain HTTP", document.file, insertEntry(document, ["spec", "tls"], entry), true);
  },
};
