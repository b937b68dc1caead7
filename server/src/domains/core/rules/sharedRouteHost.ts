import { deployedObjects } from "../../../analysis/deployedObjects";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { relativePath } from "../../../platform/path";
import { getIn, getValue, type Mapping, textOf } from "../../../yaml/node";

/** A host in a base that several overlays give to Routes in different namespaces. */
export const sharedRouteHost: Rule = {
  code: "core/shared-route-host",
  severity: "information",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const first = new Map<string, { readonly node: Mapping; readonly root: string }>();
    for (const { node, root } of deployedObjects(context, "route.openshift.io", "Route")) {
      const host = getIn(node, ["spec", "host"]);
      const text = textOf(host);
      if (root === undefined || host === undefined || !text || isPlaceholder(text)) continue;
      const key = `${text}\n${textOf(getIn(node, ["spec", "path"])) ?? ""}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, { node, root });
      else if (namespaceOf(node) !== namespaceOf(other.node)) {
        const folder = context.snapshot.folders.find((each) => root.startsWith(each)) ?? "/";
        yield {
          place: host.origin.place,
          message: `The builds of '${relativePath(folder, other.root)}' and '${relativePath(folder, root)}' both give \`${text}\` to a Route, in two namespaces.`,
          help: "Set the host in the overlays. In one cluster only the older of the two Routes is admitted.",
        };
      }
    }
  },
  docs: {
    summary: "Two overlays render Routes with the same host and path into different namespaces.",
    explanation:
      "In one cluster the router admits only the Route that was there first. Mostly a base says the host: leave it out there, so that the cluster makes one, or let each overlay set its own.",
    bad: "#- base/kustomization.yaml\nresources: [route.yaml]\n#- base/route.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  host: web.example.com\n  to:\n    kind: Service\n    name: web\n#- dev/kustomization.yaml\nnamespace: dev\nresources: [../base]\n#- prod/kustomization.yaml\nnamespace: prod\nresources: [../base]\n",
    good: "#- base/kustomization.yaml\nresources: [route.yaml]\n#- base/route.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  to:\n    kind: Service\n    name: web\n#- dev/kustomization.yaml\nnamespace: dev\nresources: [../base]\n#- prod/kustomization.yaml\nnamespace: prod\nresources: [../base]\n",
  },
};

function namespaceOf(node: Mapping): string {
  return textOf(getValue(getValue(node, "metadata"), "namespace")) ?? "";
}
