import type { Feature, FeatureContext } from "../analysis/feature";
import { applicationsIn, sourcesOf } from "../analysis/writtenApplications";
import { type Application, argocdGroup } from "../argocd/application";
import { isInside, relativePath } from "../platform/path";
import { naturalOrder } from "../protocol/naturalOrder";
import {
  type DestinationChoice,
  type ObjectChoices,
  objectChoicesRequest,
  type SourceChoice,
} from "../protocol/newObjects";
import type { Kustomization } from "../workspace/graph";
import type { Repository } from "../workspace/repositories";
import { getValue, textOf } from "../yaml/node";
import { roleOf } from "./overlays";
import { labelOf } from "./previewTargets";

/** What the workspace offers to someone who writes a new Application or gives an Argo CD rights. */
export const objectChoicesFeature: Feature<unknown, ObjectChoices> = {
  method: objectChoicesRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: {
    ...{ sources: [], projects: [], argocdNamespaces: [], destinations: [] },
    ...{ namespaces: [], applications: [], controllers: [] },
  },
  handle(_, context) {
    const { snapshot, settings } = context;
    const applications = applicationsIn(snapshot);
    const homes = sorted(applications.map(({ namespace }) => textOf(namespace)));
    return {
      sources: sourcesIn(context, applications),
      projects: sorted(namesOf(context, argocdGroup, "AppProject")),
      argocdNamespaces: [...new Set([...homes, ...settings.argocdNamespaces])],
      destinations: destinationsOf(applications),
      namespaces: sorted([
        ...namesOf(context, "", "Namespace"),
        ...applications.map(({ destination }) => textOf(destination?.namespace)),
      ]),
      applications: applications.flatMap(({ name, namespace }) => {
        const written = textOf(name);
        return written ? [{ name: written, namespace: textOf(namespace) || undefined }] : [];
      }),
      controllers: settings.argocdControllers.flatMap((written) => {
        const [namespace, name] = written.split("/");
        return namespace && name ? [{ namespace, name }] : [];
      }),
    };
  },
};

function namesOf({ snapshot }: FeatureContext, group: string, kind: string): readonly string[] {
  return snapshot.symbols.objectsOf(group, kind).map(({ object }) => object.name);
}

/** What is included by others stands last: it is seldom deployed itself. */
function sourcesIn(context: FeatureContext, applications: readonly Application[]): readonly SourceChoice[] {
  const { snapshot } = context;
  const deployedBy = new Map<string, string[]>();
  for (const application of applications) {
    for (const { directory } of sourcesOf(snapshot, application)) {
      if (directory === undefined) continue;
      deployedBy.set(directory, [...(deployedBy.get(directory) ?? []), textOf(application.name) ?? ""]);
    }
  }
  const sources = snapshot.graph.kustomizations.flatMap((each) => {
    const repository = repositoryAround(snapshot.repositories, each.root);
    if (repository === undefined || each.kind !== "Kustomization") return [];
    return toSource(each, repository, context, deployedBy.get(each.root) ?? []);
  });
  const isBase = ({ role }: SourceChoice): boolean => role === "base";
  return [...sources.filter((each) => !isBase(each)), ...sources.filter(isBase)];
}

/** The innermost one. */
function repositoryAround(repositories: readonly Repository[], path: string): Repository | undefined {
  const around = repositories.filter(({ root }) => isInside(root, path));
  return around.find(({ root }) => around.every((other) => isInside(other.root, root)));
}

function toSource(
  kustomization: Kustomization,
  { root: top, remotes, branch }: Repository,
  { snapshot, toUri }: FeatureContext,
  deployedBy: readonly string[],
): readonly SourceChoice[] {
  const { root, file } = kustomization;
  const role = roleOf(kustomization, snapshot);
  if (role === "component" || remotes.length === 0) return [];
  const namespace = textOf(getValue(snapshot.documents(file)[0]?.root, "namespace")) || undefined;
  const label = labelOf(root, snapshot.folders);
  return [{ root: toUri(root), path: relativePath(top, root), label, role, remotes, branch, namespace, deployedBy }];
}

function destinationsOf(applications: readonly Application[]): readonly DestinationChoice[] {
  const known = new Map<string, DestinationChoice>();
  for (const { destination } of applications) {
    const choice = { server: textOf(destination?.server) || undefined, name: textOf(destination?.name) || undefined };
    if (choice.server !== undefined || choice.name !== undefined) known.set(`${choice.name}\n${choice.server}`, choice);
  }
  return [...known].sort(([a], [b]) => naturalOrder(a, b)).map(([, choice]) => choice);
}

function sorted(values: Iterable<string | undefined>): readonly string[] {
  return [...new Set([...values].flatMap((value) => value || []))].sort(naturalOrder);
}
