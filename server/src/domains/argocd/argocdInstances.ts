import { deployedObjects } from "../../analysis/deployedObjects";
import { knownNames } from "../../analysis/knownNames";
import type { WorkspaceContext } from "../../analysis/rule";
import { argocdGroup } from "../../argocd/application";
import { getIn, textOf } from "../../yaml/node";
import { itemsOf } from "./applications";

/** Where an Argo CD runs, as far as settings and workspace say it. */
export interface Instances {
  /** The namespaces of the settings, and those into which the workspace installs one. */
  readonly homes: ReadonlySet<string>;
  /** Patterns of further namespaces in which Applications may lie. */
  readonly others: readonly string[];
}

const known = new WeakMap<WorkspaceContext, Instances>();

/** Finds every Argo CD: by its ConfigMap, its controller, or the resource of its operator. */
export function findInstances(context: WorkspaceContext): Instances {
  let instances = known.get(context);
  if (instances === undefined) {
    const signs = [
      knownNames(context, "", "ConfigMap").namespacesOf.get("argocd-cm"),
      knownNames(context, "", "ConfigMap").namespacesOf.get(parametersName),
      knownNames(context, "apps", "StatefulSet").namespacesOf.get("argocd-application-controller"),
      ...knownNames(context, argocdGroup, "ArgoCD").namespacesOf.values(),
    ];
    const found = signs.flatMap((namespaces) => [...(namespaces ?? [])].filter((each) => each !== undefined));
    instances = { homes: new Set([...context.settings.argocdNamespaces, ...found]), others: findOthers(context) };
    known.set(context, instances);
  }
  return instances;
}

/** What the servers of Argo CD are started with. */
const parametersName = "argocd-cmd-params-cm";

function findOthers(context: WorkspaceContext): readonly string[] {
  const patterns: string[] = [];
  for (const object of deployedObjects(context, "", "ConfigMap")) {
    if (object.objectName !== parametersName) continue;
    const written = textOf(getIn(object.node, ["data", "application.namespaces"])) ?? "";
    patterns.push(...written.split(",").map((pattern) => pattern.trim()));
  }
  for (const { node } of deployedObjects(context, argocdGroup, "ArgoCD")) {
    patterns.push(...itemsOf(getIn(node, ["spec", "sourceNamespaces"])).flatMap((item) => textOf(item) ?? []));
  }
  return patterns.filter((pattern) => pattern !== "");
}
