import type { WorkspaceContext } from "../../analysis/rule";
import { argocdGroup } from "../../argocd/application";
import type { Mapping } from "../../yaml/node";
import { type DeployedApplication, deployedApplications, destinationNamespace } from "./deployedApplications";
import { objectsOfApplication } from "./sourceObjects";

const known = new WeakMap<WorkspaceContext, ReadonlyMap<Mapping, DeployedApplication>>();

/** The Application that deploys an Application or AppProject, when both are in the workspace. */
export function parentOf(context: WorkspaceContext, object: Mapping): DeployedApplication | undefined {
  let parents = known.get(context);
  if (parents === undefined) {
    const found = new Map<Mapping, DeployedApplication>();
    for (const application of deployedApplications(context)) {
      for (const { node, group } of objectsOfApplication(context, application) ?? []) {
        if (group === argocdGroup && node !== application.node) found.set(node, application);
      }
    }
    parents = found;
    known.set(context, parents);
  }
  return parents.get(object);
}

/** The namespace in which an Application lies: its own, or that into which the Application above it deploys. */
export function homeOf(context: WorkspaceContext, { application, node }: DeployedApplication): string | undefined {
  const written = application.namespace?.text;
  if (written !== undefined) return written;
  const parent = parentOf(context, node);
  return parent === undefined ? undefined : destinationNamespace(parent)?.text;
}
