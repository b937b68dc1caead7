import { deployedKey, deployedTexts, type WantedTexts } from "../observations/deployedTexts";
import type { Observations } from "../observations/observations";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceInWorkspace } from "./applicationSource";
import { type ApplicationHere, applicationsHere } from "./liveApplications";

/** Whether files are what a cluster saw. `unknown`: nobody has the commit here, or asked git. */
export type DeployedState = "same" | "changed" | "unknown";

/** A source of an Application at the commit that a cluster speaks of. */
export interface DeployedSource {
  readonly found: SourceInWorkspace;
  readonly revision: string | undefined;
}

/** Compares files of the repository that a source deploys, all those of its kustomization when none are given, with the commit. */
export function deployedState(
  { found, revision }: DeployedSource,
  { snapshot, observations }: { readonly snapshot: Snapshot; readonly observations: Observations },
  paths: readonly string[] = filesBelow(found.directory, snapshot),
): DeployedState {
  const key = deployedKey({ root: found.repository.root, revision: revision ?? "" });
  const texts = observations.of(deployedTexts).get(key);
  if (texts === undefined || paths.length === 0 || paths.some((path) => !texts.has(path))) return "unknown";
  return paths.every((path) => snapshot.file(path)?.text === texts.get(path)) ? "same" : "changed";
}

/** The files that tell whether a cluster complains of what is at hand: those of each kustomization that it has trouble with. */
export function wantedTexts(snapshot: Snapshot, observations: Observations): readonly WantedTexts[] {
  const wanted = new Map<string, WantedTexts>();
  for (const here of applicationsHere(snapshot, observations)) {
    if (!isInTrouble(here)) continue;
    for (const { found, revision } of deployedSources(here)) {
      const paths = filesBelow(found.directory, snapshot);
      if (!found.isCurrent || paths.length === 0 || !/^[0-9a-f]{40,64}$/.test(revision ?? "")) continue;
      const { root } = found.repository;
      const key = deployedKey({ root, revision: revision ?? "" });
      const all = new Set([...(wanted.get(key)?.paths ?? []), ...paths]);
      wanted.set(key, { root, revision: revision ?? "", paths: [...all].sort() });
    }
  }
  return [...wanted.values()];
}

/** The sources of an Application that lie in the workspace, each at the commit that the cluster has of it. */
function deployedSources({ live, sources }: ApplicationHere): readonly DeployedSource[] {
  return sources.map(({ source, found }) => ({ found, revision: source.revision ?? live.revision }));
}

function isInTrouble({ live }: ApplicationHere): boolean {
  const hasFailed = ["Failed", "Error"].includes(live.operation?.phase ?? "");
  return hasFailed || live.conditions.some(({ type }) => type === "ComparisonError");
}

/** The files that the kustomization of a directory names, and those that the kustomizations name that it includes. */
function filesBelow(directory: string | undefined, { graph }: Snapshot): readonly string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const queue = directory === undefined ? [] : [directory];
  for (let root = queue.pop(); root !== undefined; root = queue.pop()) {
    const kustomization = graph.at(root);
    if (kustomization === undefined || seen.has(root)) continue;
    seen.add(root);
    files.add(kustomization.file);
    for (const { target } of kustomization.references) {
      if (target === undefined) continue;
      if (graph.at(target) !== undefined) queue.push(target);
      else files.add(target);
    }
  }
  return [...files];
}
