import type { CompletionEntry } from "../../analysis/domain";
import { baseName, isInside, joinPath, parentPath, relativePath } from "../../platform/path";
import type { Snapshot } from "../../workspace/snapshot";
import type { SourceFile } from "../../yaml/source";
import type { WritePosition } from "../../yaml/writePosition";
import { quoteIfNeeded } from "../../yaml/writeValue";
import { hasKustomizationName } from "./kustomizationFiles";
import type { PathField } from "./pathFields";

/** Where a path is to be written. */
export interface PathRequest {
  readonly snapshot: Snapshot;
  readonly file: SourceFile;
  readonly field: PathField;
  /** Path of the value in the document. */
  readonly path: readonly (string | number)[];
  /** `- ` where a new item begins. */
  readonly dash: string;
  readonly position: WritePosition;
}

/** How many files are offered at most, so that a huge folder stays quick. */
const most = 500;

/**
 * The files and directories that a path field may name, relative to the kustomization, without those that are listed
 * already: what lies in the directory typed so far, manifests below, and other kustomizations of the workspace.
 */
export function completePaths(request: PathRequest): readonly CompletionEntry[] {
  const { snapshot, file, field } = request;
  const directory = parentPath(file.path);
  const { text, start } = typedPath(request);
  const listed = listedPaths(request);
  const found = new Map<string, Candidate>();
  const add = (target: string, kind: Candidate["kind"], rank: number): void => {
    if (target === directory || target === file.path || found.size >= most) return;
    if (kind !== "step" && listed.has(target)) return;
    if (!found.has(target)) found.set(target, { target, kind, rank });
  };
  if (!text.includes("/")) {
    if (field.expects !== "file") for (const root of otherRoots(request, directory)) add(root, "folder", 1);
    if (field.expects !== "directory")
      for (const path of manifestsBelow(snapshot, directory, field)) add(path, "file", 0);
  }
  const typedDirectory = joinPath(directory, text.slice(0, text.lastIndexOf("/") + 1));
  for (const name of snapshot.list(typedDirectory) ?? []) {
    const target = joinPath(typedDirectory, name);
    if (!name.endsWith("/")) {
      if (field.expects !== "directory" && fits(target, field)) add(target, "file", 0);
      continue;
    }
    const kind = field.expects === "file" ? undefined : snapshot.graph.at(target)?.kind;
    const isBase = kind !== undefined && (!takesKind(request) || kind === kindTaken(request));
    if (isBase || request.path[0] === "helmGlobals") add(target, "folder", 1);
    else if (kind !== "Component") add(target, "step", 2);
  }
  return [...found.values()].map((candidate) => toEntry(candidate, { ...request, start }));
}

interface Candidate {
  readonly target: string;
  /** `step` is a directory on the way to something that fits. */
  readonly kind: "file" | "folder" | "step";
  readonly rank: number;
}

/** The path typed so far, without the key of `key=path`. */
function typedPath({ file, field, position }: PathRequest): { readonly text: string; readonly start: number } {
  const { start, end } = position.word;
  const text = file.text.slice(start, end);
  const skip = field.keyed === true ? text.indexOf("=") + 1 : 0;
  return { text: text.slice(skip), start: start + skip };
}

/** What the field names already; under `resources` also what any other field names. */
function listedPaths({ snapshot, file, path, position }: PathRequest): ReadonlySet<string> {
  const directory = parentPath(file.path);
  const listed = new Set<string>();
  const here = position.word;
  for (const { target, field, place } of snapshot.facts(file.path).references) {
    const own = place.start <= here.end && here.start <= place.end;
    if (target !== undefined && !own && (field === path[0] || path[0] === "resources")) listed.add(target);
  }
  // A document that cannot be read has no facts; the lines still say what stands in the same list.
  const siblings = position.root.at(path.slice(0, -1))?.items ?? [];
  for (const [i, { text }] of siblings.entries()) {
    if (text !== undefined && text !== "" && i !== path.at(-1)) listed.add(joinPath(directory, text));
  }
  return listed;
}

/** Kustomizations elsewhere in the workspace, of the kind that the field takes, that do not contain this one. */
function otherRoots(request: PathRequest, directory: string): readonly string[] {
  const { snapshot } = request;
  if (!takesKind(request)) return [];
  return snapshot.graph.kustomizations
    .filter(({ root, kind }) => kind === kindTaken(request) && !isInside(root, directory))
    .filter(({ root }) => snapshot.folders.some((folder) => isInside(folder, root) && isInside(folder, directory)))
    .map(({ root }) => root);
}

/** Whether the field takes kustomizations of one kind only. */
function takesKind({ path }: PathRequest): boolean {
  return ["resources", "bases", "components"].includes(String(path[0]));
}

function kindTaken({ path }: PathRequest): "Component" | "Kustomization" {
  return path[0] === "components" ? "Component" : "Kustomization";
}

/** Manifests in the directory and below, except those that belong to a kustomization of their own. */
function manifestsBelow(snapshot: Snapshot, directory: string, field: PathField): readonly string[] {
  const result: string[] = [];
  for (const path of snapshot.yamlFiles()) {
    if (result.length >= most) break;
    if (path.startsWith(`${directory}/`) && fits(path, field) && !isOfAnother(snapshot, directory, path))
      result.push(path);
  }
  return result;
}

function isOfAnother(snapshot: Snapshot, directory: string, path: string): boolean {
  for (let at = parentPath(path); at !== directory && at !== "/"; at = parentPath(at)) {
    if (snapshot.graph.at(at) !== undefined) return true;
  }
  return false;
}

/** Generators take any file, all other fields YAML and JSON. */
function fits(path: string, field: PathField): boolean {
  if (hasKustomizationName(path)) return false;
  if (field.path[0]?.endsWith("Generator") === true && field.path[2] !== "values") return true;
  return /\.(?:ya?ml|json)$/i.test(path);
}

function toEntry(
  { target, kind, rank }: Candidate,
  request: PathRequest & { readonly start: number },
): CompletionEntry {
  const { file, position, dash, start } = request;
  const path = relativePath(parentPath(file.path), target);
  const text = kind === "step" ? `${path}/` : path;
  const before = file.text[position.word.start - 1];
  const quoted = before === '"' || before === "'";
  const lead = `${position.needsSpace ? " " : ""}${dash}`;
  return {
    label: text,
    kind: kind === "file" ? "file" : "folder",
    insert: {
      place: { file, start, end: position.word.end },
      text: lead + (quoted || start > position.word.start ? text : quoteIfNeeded(text, position.flow)),
    },
    detail: kind === "folder" ? "kustomization" : baseName(target),
    sortText: `0${rank}${text}`,
  };
}
