import { objectsOf } from "../../../analysis/checkedObjects";
import { documentOf, fixOf } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { insertEntry } from "../../../yaml/edit";
import { getIn, getValue } from "../../../yaml/node";

/** A Route over which everything goes in plain text. */
export const routeWithoutTls: Rule = {
  code: "core/route-without-tls",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind, apiVersion, partial } of objectsOf(context)) {
      if (partial || context.deployed === "changed" || kind !== "Route") continue;
      const spec = getValue(node, "spec");
      if (!apiVersion.startsWith("route.openshift.io/") || spec?.kind !== "mapping") continue;
      const holder = node.entries.find(({ key }) => key.text === "spec");
      if (holder === undefined || getValue(spec, "tls") !== undefined) continue;
      const message = "The Route has no `tls`: it serves plain HTTP only.";
      yield { place: holder.key.origin.place, message, help: "Add `tls` with `termination: edge`." };
    }
  },
  docs: {
    summary: "A Route has no `tls`, so everything goes over it in plain text.",
    explanation:
      "With `termination: edge` and nothing else the router uses its own certificate; `insecureEdgeTerminationPolicy: Redirect` sends those who come by plain HTTP on.",
    bad: "#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  to:\n    kind: Service\n    name: web\n",
    good: "#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  to:\n    kind: Service\n    name: web\n  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: Redirect\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    if (document === undefined || getIn(document.root, ["spec", "to"]) === undefined) return [];
    const value = new Map([
      ["termination", "edge"],
      ["insecureEdgeTerminationPolicy", "Redirect"],
    ]);
    return fixOf(
      "Encrypt with 'termination: edge'",
      document.file,
      insertEntry(document, ["spec"], { key: "tls", value }),
      true,
    );
  },
};
