import { deployedObjects } from "../../analysis/deployedObjects";
import type { Severity } from "../../analysis/finding";
import type { Hit, WorkspaceContext } from "../../analysis/rule";
import { argocdGroup } from "../../argocd/application";
import type { Project } from "../../argocd/projectPermission";
import { getIn } from "../../yaml/node";
import { type DeployedApplication, isSettled, projectsNamed } from "./deployedApplications";
import { homeOf } from "./parents";

/**
 * The projects that may be that of an Application: those of its name, in the namespace of its Argo CD where that is known. None when they are not
 * in the workspace, or may inherit from global ones; `default` permits everything unless somebody writes another.
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
  const meant = beside.length > 0 ? beside : named;
  return meant.some(isLabelled) && hasGlobalProjects(context) ? [] : meant;
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

/** The option of Argo CD that names them. */
const field = "globalProjects";

function isLabelled({ node }: Project): boolean {
  return getIn(node, ["metadata", "labels"]) !== undefined;
}

const shared = new WeakMap<WorkspaceContext, boolean>();

/**
 * How sure it is that a project does not permit something. Argo CD may be set up with global projects, from which all projects with a certain
 * label inherit; and an Application that nobody applies is refused by nobody.
 */
export function refusal(
  context: WorkspaceContext,
  deployed: DeployedApplication,
  projects: readonly Project[],
): Severity | undefined {
  if (deployed.isLeftOut) return "information";
  return projects.some(isLabelled) ? "warning" : undefined;
}

/** `globalProjects` of the ConfigMap `argocd-cm`, or of the resource of the operator. */
function hasGlobalProjects(context: WorkspaceContext): boolean {
  let has = shared.get(context);
  if (has === undefined) {
    const { snapshot } = context;
    const holders = [
      ...snapshot.symbols.objectsOf("", "ConfigMap"),
      ...snapshot.symbols.objectsOf(argocdGroup, "ArgoCD"),
    ];
    has = holders.some(({ place }) => place.file.text.includes("globalProjects"));
    shared.set(context, has);
  }
  return has;
}
