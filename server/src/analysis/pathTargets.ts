import type { PathReference } from "../workspace/facts";
import type { Snapshot } from "../workspace/snapshot";
import type { Place } from "../yaml/source";

/** The path written at an offset of a file. */
export function findPathReference(snapshot: Snapshot, path: string, offset: number): PathReference | undefined {
  return snapshot.facts(path).references.find(({ place }) => place.start <= offset && offset <= place.end);
}

/** The file to open for a path: the file itself, or the kustomization of a directory; `undefined` when there is none. */
export function findTargetFile(snapshot: Snapshot, target: string): string | undefined {
  const kustomization = snapshot.graph.at(target);
  if (kustomization !== undefined) return kustomization.file;
  return snapshot.lookUp(target).kind === "file" ? target : undefined;
}

/** Where a file, or the directory of a kustomization file, is named in the kustomizations of the workspace. */
export function findIncludes(snapshot: Snapshot, path: string): readonly Place[] {
  const own = snapshot.graph.ofFile(path);
  const targets = own === undefined ? [path] : [path, own.root];
  return targets.flatMap((target) => snapshot.graph.referencesTo(target).map(({ place }) => place));
}
