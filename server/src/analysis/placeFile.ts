import { joinPath, parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import { appendItem } from "../yaml/edit";
import type { TextChange } from "./finding";
import { toChanges } from "./repair";

/** Where a new manifest goes. */
export interface PlacedFile {
  readonly path: string;
  /** The entry in the kustomization that lists its neighbour. */
  readonly listing?: { readonly file: string; readonly edits: readonly TextChange[] } | undefined;
}

/**
 * Places a new manifest beside another, under the first of `names` that is free; when none is, the first. It is listed where that neighbour is,
 * if that is the kustomization of the same directory, which also does for a neighbour that does not exist.
 */
export function placeFile(snapshot: Snapshot, neighbour: string, names: readonly string[]): PlacedFile {
  const directory = parentPath(neighbour);
  const name = names.find((each) => snapshot.lookUp(joinPath(directory, each)).kind === "missing") ?? names[0] ?? "";
  return { path: joinPath(directory, name), listing: listIn(snapshot, neighbour, name) };
}

function listIn(snapshot: Snapshot, neighbour: string, name: string): PlacedFile["listing"] {
  const directory = parentPath(neighbour);
  const isThere = snapshot.lookUp(neighbour).kind !== "missing";
  const beside = isThere
    ? snapshot.graph.includersOf(neighbour).find(({ root }) => root === directory)
    : snapshot.graph.at(directory);
  const document = beside && snapshot.documents(beside.file)[0];
  const edits = document && appendItem(document, ["resources"], name);
  if (beside === undefined || document === undefined || edits === undefined) return undefined;
  return { file: beside.file, edits: toChanges(document.file, edits) };
}
