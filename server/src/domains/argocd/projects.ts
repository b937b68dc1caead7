import type { Hit, WorkspaceContext } from "../../analysis/rule";
import type { Project } from "../../argocd/projectPermission";
import { getIn } from "../../yaml/node";
import { type DeployedApplication, isSettled, projectsNamed } from "./deployedApplications";
import { homeOf } from "./parents";

/**
 * The projects that may be that of an Application: those of its name, in the namespace of its Argo CD where that is known. None when they are not
 * in the workspace; `default` permits everything unless somebody writes another.
 */
export function projectOf(context: WorkspaceContext, deployed: DeployedApplication): readonly Project[] {
  const { project } = deployed.application;
  const name = project === undefined ? "default" : isSettled(project) ? project.text : undefined;
  const named = name === undefined ? [] : projectsNamed(context, name);
  const home = homeOf(context, deployed);
  const beside = named.filter(({ node }) => {
    const namespace = getIn(node, ["metadata", "namespace"]);
    return namespace?.kind === "scalar" && namespace.text === home;
  });
  return beside.length > 0 ? beside : named;
}

/** Points at what a project says; at its name, when it says nothing about it. */
export function placeOfProject(
  projects: readonly Project[],
  path: readonly string[],
  message: string,
): NonNullable<Hit["related"]> {
  const [first] = projects;
  const node = getIn(first?.node, path) ?? getIn(first?.node, ["metadata", "name"]);
  return node === undefined ? [] : [{ place: node.origin.place, message }];
}
