import { type Application, argocdGroup, findApplication } from "../argocd/application";
import type { Snapshot } from "../workspace/snapshot";
import { textOf } from "../yaml/node";
import { findSource, type SourceInWorkspace } from "./applicationSource";

/** The Applications as files of the workspace write them, before any kustomization changes them; patches are left out. */
export function applicationsIn(snapshot: Snapshot): readonly Application[] {
  const definitions = snapshot.symbols.objectsOf(argocdGroup, "Application").filter(({ isPatch }) => isPatch !== true);
  return definitions.flatMap(({ place }) => {
    const documents = snapshot.documents(place.file.path);
    const document = documents.find(({ start, end }) => start <= place.start && place.end <= end);
    return findApplication(document?.root) ?? [];
  });
}

/** What the sources of an Application are in the workspace; those of other repositories are left out. */
export function sourcesOf(snapshot: Snapshot, { sources }: Application): readonly SourceInWorkspace[] {
  return sources.flatMap(({ repoUrl, path, targetRevision, chart }) => {
    const words = {
      repoURL: textOf(repoUrl),
      path: textOf(path),
      targetRevision: textOf(targetRevision),
      chart: textOf(chart),
    };
    return findSource(snapshot, words) ?? [];
  });
}
