import { buildAt } from "../../../analysis/deployedObjects";
import type { Finding, Fix } from "../../../analysis/finding";
import { type KnownNames, knownNames } from "../../../analysis/knownNames";
import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { FixContext, Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { isOwnCluster } from "../../../argocd/projectPermission";
import { didYouMean } from "../../../platform/didYouMean";
import { parentPath } from "../../../platform/path";
import { appendItem, insertEntry } from "../../../yaml/edit";
import { getIn, textOf } from "../../../yaml/node";
import { itemsOf } from "../applications";
import { findInstances } from "../argocdInstances";
import { type DeployedApplication, deployedApplications, destinationNamespace } from "../deployedApplications";
import { applicationText, namespaceText } from "../deployedSamples";
import { objectsOfApplication } from "../sourceObjects";

const create = "CreateNamespace=true";

/** A destination that nobody creates, though Namespaces are kept here. */
export const namespaceNotCreated: Rule = {
  code: "argocd/namespace-not-created",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const namespaces = knownNames(context, "", "Namespace");
    if (namespaces.namespacesOf.size === 0) return;
    const applications = deployedApplications(context);
    const created = new Set(applications.filter(creates).map((each) => destinationNamespace(each)?.text));
    for (const application of applications) {
      const namespace = destinationNamespace(application);
      if (namespace === undefined || created.has(namespace.text) || namespaces.has(namespace.text)) continue;
      if (isThereAnyway(context, namespace.text) || !isUsed(context, application, namespace.text)) continue;
      const suggestion = didYouMean(namespace.text, near(namespaces, namespace.text));
      const isSure = suggestion !== undefined || isKeptBeside(context, application);
      yield {
        place: namespace.origin.place,
        message: `Nobody creates the namespace \`${namespace.text}\`: no manifest does, and the Application does not ask for it.`,
        help: suggestion === undefined ? `Add \`${create}\` to its sync options.` : `Did you mean \`${suggestion}\`?`,
        severity: isSure ? undefined : "information",
        data: { suggestion },
      };
    }
  },
  fix: repair,
  docs: {
    summary:
      "The namespace that an Application deploys into is created by nobody, though other Namespaces are kept in the workspace.",
    explanation:
      "The sync fails when the namespace does not exist. Write a Namespace, or let Argo CD create it with the sync option `CreateNamespace=true`. For information only where no Namespaces are kept beside the Application.",
    bad: `#- namespaces.yaml\n${namespaceText("book-stage")}#- application.yaml\n${applicationText({ destination: "shop" })}`,
    good: `#- namespaces.yaml\n${namespaceText("book-stage")}#- application.yaml\n${applicationText({ destination: "shop", more: ["syncPolicy:", "  syncOptions:", `  - ${create}`] })}`,
  },
};

function creates({ application }: DeployedApplication): boolean {
  return itemsOf(getIn(application.syncPolicy, ["syncOptions"])).some((option) => textOf(option) === create);
}

/** Names that differ in a letter; `book-dev` is not a slip of `book-prod`. */
function near(namespaces: KnownNames, name: string): readonly string[] {
  return [...namespaces.namespacesOf.keys()].filter(
    (each) => each.length > 4 && [...each].sort().join("") === [...name].sort().join(""),
  );
}

function isThereAnyway(context: WorkspaceContext, name: string): boolean {
  return name === "default" || /^(?:kube|openshift)(?:-|$)/.test(name) || findInstances(context).homes.has(name);
}

/** Whether anything is deployed into it, as far as that is known. */
function isUsed(context: WorkspaceContext, application: DeployedApplication, name: string): boolean {
  const objects = objectsOfApplication(context, application);
  if (objects === undefined) return true;
  return objects.some(({ scope, namespace }) => scope !== "Cluster" && (namespace ?? name) === name);
}

/** Whether whoever deploys the Application deploys Namespaces as well. */
function isKeptBeside(context: WorkspaceContext, { application, name, root }: DeployedApplication): boolean {
  const { server, name: cluster } = application.destination ?? {};
  if (!isOwnCluster({ server: server?.text, name: cluster?.text })) return false;
  if (root !== undefined) {
    const result = buildAt(context, root)?.result;
    return result?.complete === true && result.resources.some(({ id }) => id.kind === "Namespace" && id.group === "");
  }
  const directory = parentPath(name.origin.place.file.path);
  return context.snapshot.symbols
    .objectsOf("", "Namespace")
    .some(({ place }) => parentPath(place.file.path) === directory);
}

function repair(finding: Finding, context: FixContext): readonly Fix[] {
  const { place, data } = finding;
  const suggestion = data?.["suggestion"];
  if (typeof suggestion === "string") {
    return [{ title: `Change to '${suggestion}'`, edits: [{ place, text: suggestion }], preferred: true }];
  }
  const document = documentOf(finding, context);
  const path = document && pathAt(document, place.start, place.end);
  const spec = path?.slice(0, path.lastIndexOf("spec") + 1) ?? [];
  if (document === undefined || spec.length === 0) return [];
  const hasPolicy = getIn(document.root, [...spec, "syncPolicy"]) !== undefined;
  const edits = hasPolicy
    ? appendItem(document, [...spec, "syncPolicy", "syncOptions"], create)
    : insertEntry(document, spec, { key: "syncPolicy", value: new Map([["syncOptions", [create]]]) });
  return fixOf(`Add the sync option '${create}'`, document.file, edits, true);
}
