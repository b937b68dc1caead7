import { findSource } from "../../analysis/applicationSource";
import { type ApplicationHere, applicationsHere } from "../../analysis/liveApplications";
import { objectsWithin } from "../../analysis/objectsWithin";
import type { Hit, WorkspaceContext } from "../../analysis/rule";
import { type Application, type ApplicationSource, findApplication } from "../../argocd/application";
import { isSameRepository } from "../../argocd/repositoryUrl";
import type { LiveApplication, LiveSource } from "../../protocol/observe";
import type { Snapshot } from "../../workspace/snapshot";
import { getIn, type Node, type Scalar, textOf } from "../../yaml/node";
import type { Place } from "../../yaml/source";

/** The Applications of open contexts that have to do with the workspace, and what rules need to point at. */
export function liveHere({ snapshot, observations }: WorkspaceContext): readonly ApplicationHere[] {
  return applicationsHere(snapshot, observations);
}

/**
 * Where files say what an Application deploys: the source of the Application, `index` of several; where no file defines the
 * Application, the kustomization that it deploys. A file that names another source by now is left out: what the cluster said is not about
 * it any more.
 */
export function sourcePlaces(here: ApplicationHere, index: number, snapshot: Snapshot): readonly Place[] {
  if (here.definitions.length === 0) return kustomizationPlaces(here, index, snapshot);
  return definitionsOf(here, snapshot).flatMap((application) => {
    const source = application.sources[index];
    if (source === undefined || !hasSameSources(application, here.live)) return [];
    const { path, chart, repoUrl, node } = source;
    return [firstLine((path ?? chart ?? repoUrl ?? node).origin.place)];
  });
}

/** The manifests that define an Application, with what they say. */
export function definitionsOf({ definitions }: ApplicationHere, snapshot: Snapshot): readonly Application[] {
  return definitions.flatMap(({ place }) => {
    const document = snapshot
      .documents(place.file.path)
      .find(({ start, end }) => start <= place.start && place.end <= end);
    const nodes = document?.root === undefined ? [] : objectsWithin(document.root);
    const node = nodes.find((each) => getIn(each, ["metadata", "name"])?.origin.place.start === place.start);
    return findApplication(node) ?? [];
  });
}

/** Whether a manifest names the sources that the cluster has. */
export function hasSameSources({ sources }: Application, live: LiveApplication): boolean {
  return sources.length === live.sources.length && sources.every((source, i) => isSameSource(source, live.sources[i]));
}

/** Whether a manifest names the project and the destination that the cluster has. */
export function hasSameTarget({ project, destination }: Application, live: LiveApplication): boolean {
  const { server, name, namespace } = live.destination ?? {};
  return (
    (textOf(project) || "default") === (live.project || "default") &&
    (textOf(destination?.server) ?? "") === (server ?? "") &&
    (textOf(destination?.name) ?? "") === (name ?? "") &&
    (textOf(destination?.namespace) ?? "") === (namespace ?? "")
  );
}

function isSameSource(
  { repoUrl, path, chart, targetRevision }: ApplicationSource,
  live: LiveSource | undefined,
): boolean {
  return (
    live !== undefined &&
    isSameRepository(textOf(repoUrl) ?? "", live.repoURL ?? "") &&
    pathOf(path) === (live.path ?? "").replace(/\/+$/, "") &&
    (textOf(chart) ?? "") === (live.chart ?? "") &&
    (textOf(targetRevision) || "HEAD") === (live.targetRevision || "HEAD")
  );
}

function pathOf(path: Scalar | undefined): string {
  return (textOf(path) ?? "").replace(/\/+$/, "");
}

function kustomizationPlaces({ live }: ApplicationHere, index: number, snapshot: Snapshot): readonly Place[] {
  const source = live.sources[index];
  const found = source === undefined ? undefined : findSource(snapshot, source);
  if (found?.kustomization === undefined || !found.isCurrent) return [];
  const place = startOf(found.kustomization.file, snapshot);
  return place === undefined ? [] : [place];
}

/** The first line of a file that says something. */
export function startOf(path: string, snapshot: Snapshot): Place | undefined {
  const root = snapshot.documents(path).find((document) => document.root !== undefined)?.root;
  return root === undefined ? undefined : firstLine(root.origin.place);
}

/** A place without what follows on other lines. */
export function firstLine({ file, start, end }: Place): Place {
  const line = file.text.slice(start, end).search(/\r?\n/);
  return line <= 0 ? { file, start, end } : { file, start, end: start + line };
}

/** The first line of a node that stands in a file of the workspace. */
export function placeOf(node: Node, snapshot: Snapshot): Place | undefined {
  const { place } = node.origin;
  return snapshot.file(place.file.path) === undefined ? undefined : firstLine(place);
}

/** `In cluster 'dev', as of revision abc1234`: what a message begins with, for what a cluster said is no news of the file. */
export function seenIn(cluster: string, revision: string | undefined): string {
  const commit =
    revision === undefined
      ? ""
      : `, as of revision ${/^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 7) : revision}`;
  return `In cluster \`${cluster}\`${commit}`;
}

/** The words of Argo CD without what wraps them in every case, on one line and not too long. */
export function shortWords(message: string): string {
  const bare = message
    .replace(/^Failed to load target state: /, "")
    .replace(/^failed to generate manifest for source \d+ of \d+: /, "")
    .replace(/^(?:rpc error: code = \w+ desc = )+/, "")
    .replace(/\s+/g, " ")
    .trim();
  return bare.length <= 300 ? bare : `${bare.slice(0, 300)}…`;
}

/** One hit for each place: what other clusters say there becomes related to it. */
export function onePerPlace(hits: Iterable<Hit>): readonly Hit[] {
  const byPlace = new Map<string, Hit>();
  for (const hit of hits) {
    const key = `${hit.place.file.path}\n${hit.place.start}`;
    const first = byPlace.get(key);
    const also = { place: hit.place, message: hit.message };
    byPlace.set(key, first === undefined ? hit : { ...first, related: [...(first.related ?? []), also] });
  }
  return [...byPlace.values()];
}
