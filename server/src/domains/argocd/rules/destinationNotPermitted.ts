import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { type Project, permitsDestination } from "../../../argocd/projectPermission";
import { getIn } from "../../../yaml/node";
import { type DeployedApplication, deployedApplications, isSettled } from "../deployedApplications";
import { applicationText, projectText } from "../deployedSamples";
import { placeOfProject, projectOf, refusal } from "../projects";
import { nameNode, objectsOfApplication } from "../sourceObjects";

const project = projectText(
  "sourceRepos:",
  "- '*'",
  "destinations:",
  "- server: https://kubernetes.default.svc",
  "  namespace: book-*",
);

/** A cluster or namespace into which the project may not deploy. */
export const destinationNotPermitted: Rule = {
  code: "argocd/destination-not-permitted",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const deployed of deployedApplications(context)) {
      const projects = projectOf(context, deployed);
      if (projects.length === 0) continue;
      const hit = checkDestination(deployed, projects);
      if (hit === undefined) yield* checkObjects(context, deployed, projects);
      else yield { ...hit, severity: refusal(deployed, projects) };
    }
  },
  docs: {
    summary:
      "The project of an Application does not permit its destination, or the namespace of an object that it renders.",
    explanation:
      "Argo CD refuses the Application, or the object. Both the cluster and the namespace have to match one entry of `destinations` of the project, and none that begins with `!`.",
    bad: `#- project.yaml\n${project}#- application.yaml\n${applicationText({ project: "book", destination: "shop-dev" })}`,
    good: `#- project.yaml\n${project}#- application.yaml\n${applicationText({ project: "book" })}`,
  },
};

function checkDestination({ application }: DeployedApplication, projects: readonly Project[]): Hit | undefined {
  const { destination } = application;
  if (destination === undefined) return undefined;
  const { server, name, namespace } = destination;
  if ([server, name, namespace].some((each) => each !== undefined && !isSettled(each))) return undefined;
  if (server === undefined && name === undefined) return undefined;
  const target = { server: server?.text, name: name?.text, namespace: namespace?.text ?? "" };
  if (projects.some((each) => permitsDestination(each, target))) return undefined;
  const isCluster = !projects.some((each) => permitsAnyNamespace(each, target));
  const node = isCluster ? (server ?? name) : (namespace ?? server ?? name);
  const what = isCluster ? "this cluster" : `the namespace \`${target.namespace}\``;
  return {
    place: (node ?? destination.node).origin.place,
    message: `The project \`${projects[0]?.name}\` does not permit ${what}.`,
    help: "Add it to `destinations` of the project.",
    detail: `application destination is not permitted in project '${projects[0]?.name}'`,
    related: placeOfProject(projects, ["spec", "destinations"], "What it permits."),
  };
}

function permitsAnyNamespace(project: Project, target: Parameters<typeof permitsDestination>[1]): boolean {
  return project.destinations.some(({ namespace }) => permitsDestination(project, { ...target, namespace }));
}

/** Objects that are rendered with a namespace of their own; each place is told once. */
function* checkObjects(
  context: WorkspaceContext,
  deployed: DeployedApplication,
  projects: readonly Project[],
): Iterable<Hit> {
  const { destination } = deployed.application;
  const refused = new Set<string>();
  for (const object of objectsOfApplication(context, deployed) ?? []) {
    const { namespace, scope, kind, name } = object;
    if (namespace === undefined || scope !== "Namespaced" || namespace === destination?.namespace?.text) continue;
    const target = { server: destination?.server?.text, name: destination?.name?.text, namespace };
    if (refused.has(namespace) || projects.some((each) => permitsDestination(each, target))) continue;
    refused.add(namespace);
    yield {
      place: (getIn(object.node, ["metadata", "namespace"]) ?? nameNode(object)).origin.place,
      message: `\`${deployed.name.text}\` deploys the ${kind} \`${name}\` into \`${namespace}\`, which the project \`${projects[0]?.name}\` does not permit.`,
      help: "Add the namespace to `destinations` of the project, or deploy it into another.",
      detail: `namespace ${namespace} is not permitted in project '${projects[0]?.name}'`,
      severity: refusal(deployed, projects),
      related: placeOfProject(projects, ["spec", "destinations"], "What it permits."),
    };
  }
}
