import type { Severity } from "../../analysis/finding";
import type { Hit, WorkspaceContext } from "../../analysis/rule";
import { argocdGroup } from "../../argocd/application";
import type { Project } from "../../argocd/projectPermission";
import { getIn } from "../../yaml/node";
import { type DeployedApplication, isSettled, projectsNamed } from "./deployedApplications";
import { homeOf } from "./parents";

/**
 * The projects that may be that of an Application: those of its name, in the namespace of its Argo CD where that is known. None when they are not
 * in the workspace, or may inherit from global projects; `default` permits everything unless somebody writes another.
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

/**
 * How sure it is that a project does not permit something; `undefined` for the usual error. Argo CD may be set up with global projects, from
 * which all projects with a certain label inherit; and an Application that nobody applies is refused by nobody.
 */
export function refusal({ isLeftOut }: DeployedApplication, projects: readonly Project[]): Severity | undefined {
  if (isLeftOut) return "information";
  return projects.some(isLabelled) ? "warning" : undefined;
}

function isLabelled({ node }: Project): boolean {
  return getIn(node, ["metadata", "labels"]) !== undefined;
}

const inherited = new WeakMap<WorkspaceContext, boolean>();

/** Whether global projects are set up: in the ConfigMap `argocd-cm`, by a generator of it, or in the resource of the operator. */
function hasGlobalProjects(context: WorkspaceContext): boolean {
  let has = inherited.get(context);
  if (has === undefined) {
    const { symbols, graph } = context.snapshot;
    const config = symbols.definitionsOf({ object: { group: "", kind: "ConfigMap", name: "argocd-cm" } });
    const written = [...config, ...symbols.objectsOf(argocdGroup, "ArgoCD")].map(({ place }) => place.file.path);
    const files = new Set([...written, ...graph.kustomizations.map(({ file }) => file)]);
    has = [...files].some((path) => context.snapshot.file(path)?.text.includes("globalProjects") === true);
    inherited.set(context, has);
  }
  return has;
}
