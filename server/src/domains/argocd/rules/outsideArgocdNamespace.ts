import { deployedObjects } from "../../../analysis/deployedObjects";
import type { Finding, Fix } from "../../../analysis/finding";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { argocdGroup } from "../../../argocd/application";
import { matchesSome } from "../../../argocd/pattern";
import { permitsSourceNamespace } from "../../../argocd/projectPermission";
import { getIn, type Mapping, type Scalar } from "../../../yaml/node";
import { findInstances } from "../argocdInstances";
import { type DeployedApplication, deployedApplications, destinationNamespace } from "../deployedApplications";
import { applicationText } from "../deployedSamples";
import { parentOf } from "../parents";
import { projectOf } from "../projects";
import { objectsOfApplication } from "../sourceObjects";

/** An Application or AppProject where no Argo CD looks for it. */
export const outsideArgocdNamespace: Rule = {
  code: "argocd/outside-argocd-namespace",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const applications = new Map(deployedApplications(context).map((each) => [each.node, each]));
    for (const kind of ["Application", "AppProject"]) {
      for (const { node } of deployedObjects(context, argocdGroup, kind)) {
        const hit = checkHome(context, node, kind, applications.get(node));
        if (hit !== undefined) yield hit;
      }
    }
  },
  fix: moveHome,
  docs: {
    summary: "An Application or AppProject lies in a namespace in which no Argo CD looks for it.",
    explanation:
      "Argo CD reads Applications of its own namespace, and of others only where it is told to. A warning where the Application alone lies there, while the others lie in Argo CD's namespace, or where it is the one that it deploys into; for information otherwise, and a hint where its project lists the namespace in `sourceNamespaces` or none is written. `argocd.namespaces` in the settings says where your Argo CD runs.",
    bad: `#- application.yaml\n${applicationText({ namespace: "book-dev" })}`,
    good: `#- application.yaml\n${applicationText()}`,
  },
};

function checkHome(
  context: WorkspaceContext,
  node: Mapping,
  kind: string,
  application: DeployedApplication | undefined,
): Hit | undefined {
  const { homes, others } = findInstances(context);
  const name = getIn(node, ["metadata", "name"]);
  const namespace = getIn(node, ["metadata", "namespace"]);
  const written =
    namespace?.kind === "scalar" && namespace.tag !== "null" && namespace.text !== "" ? namespace : undefined;
  const parent = written === undefined ? parentOf(context, node) : undefined;
  const home = written?.text ?? (parent && destinationNamespace(parent)?.text);
  if (name === undefined || (parent !== undefined && home === undefined)) return undefined;
  if (home === undefined) {
    if (application === undefined || application.root !== undefined || application.isLeftOut) return undefined;
    const message = `Without a namespace, this ${kind} goes into whichever is current when it is applied.`;
    return {
      place: name.origin.place,
      message,
      help: `Write the one of Argo CD: \`${[...homes].join("` or `")}\`.`,
      severity: "hint",
    };
  }
  if (homes.has(home) || isPlaceholder(home) || (kind === "Application" && matchesSome(others, home))) return undefined;
  const isCovered =
    application !== undefined &&
    projectOf(context, application).some((project) => permitsSourceNamespace(project, home));
  const isSure = application !== undefined && standsOut(context, application, home, homes);
  const which = parent === undefined ? "" : `, since \`${parent.name.text}\` deploys it there`;
  return {
    place: (written ?? name).origin.place,
    message: `No Argo CD is known to look for a${kind === "Application" ? "n Application" : "n AppProject"} in \`${home}\`${which}.`,
    help: `Put it into the namespace of Argo CD: \`${[...homes].join("` or `")}\`.`,
    severity: isCovered ? "hint" : isSure ? undefined : "information",
    data: { homes: written === undefined ? [] : candidates(context, homes) },
  };
}

/** Whether this one lies elsewhere than its like, so that a whole installation under another name is not meant. */
function standsOut(
  context: WorkspaceContext,
  application: DeployedApplication,
  home: string,
  homes: ReadonlySet<string>,
): boolean {
  const others = deployedApplications(context).filter((other) => other !== application);
  if (others.some((other) => other.application.namespace?.text === home)) return false;
  if (others.some((other) => other.root === application.root && homes.has(other.application.namespace?.text ?? ""))) {
    return true;
  }
  // What deploys Applications deploys them into the namespace of Argo CD, whatever it is called.
  const objects = objectsOfApplication(context, application);
  const isOrdinary = objects?.[0] !== undefined && !objects.some(({ group }) => group === argocdGroup);
  return isOrdinary && destinationNamespace(application)?.text === home;
}

/** Where others lie comes first. */
function candidates(context: WorkspaceContext, homes: ReadonlySet<string>): readonly string[] {
  const used = deployedApplications(context).map(
    ({ application }) => (application.namespace as Scalar | undefined)?.text,
  );
  return [...homes].sort((a, b) => Number(used.includes(b)) - Number(used.includes(a)));
}

function moveHome({ place, data }: Finding): readonly Fix[] {
  const homes: unknown = data?.["homes"];
  if (!Array.isArray(homes)) return [];
  return homes.map((home: string, i) => ({
    title: `Move it into the namespace '${home}'`,
    edits: [{ place, text: home }],
    ...(i === 0 && { preferred: true }),
  }));
}
