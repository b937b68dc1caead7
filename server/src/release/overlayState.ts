import { BuildCache, type BuildResult, build } from "../kustomize/build";
import type { Problem } from "../kustomize/problem";
import { baseName, joinPath } from "../platform/path";
import { getValue, type Mapping, type Node, type Scalar } from "../yaml/node";
import { findDifferences } from "./differences";
import { type EditedFiles, editedFiles } from "./editedFiles";
import type { Attempt } from "./entryEdits";
import { type OverlayFile, readOverlayFile } from "./imageEntries";
import type { ImageRefusal, PlanSource } from "./imagePlan";
import { describeObject } from "./renderedImages";

/** An overlay with some edits, and what it renders. */
export interface OverlayState {
  readonly root: string;
  readonly files: EditedFiles;
  readonly overlay: OverlayFile;
  readonly result: BuildResult;
  /** Why `result` is only a part: the rest comes from elsewhere. Empty for an overlay that is rendered as a whole. */
  readonly unseen: readonly Problem[];
  readonly source: PlanSource & { readonly cache: BuildCache };
}

/** Parts that a build without network and programs goes on without. */
const elsewhere: ReadonlySet<string> = new Set([
  "kustomization/remote-not-fetched",
  "kustomization/helm-not-run",
  "kustomization/plugin-not-run",
]);

/**
 * Reads and builds an overlay as it is. One of which part comes from elsewhere (a remote base, a chart, a plugin) is taken for what the rest renders:
 * `kustomize edit set image` needs no network either.
 */
export function openPartly(root: string, source: PlanSource): OverlayState | ImageRefusal {
  const files = editedFiles(source.files);
  const withCache = { ...source, cache: source.cache ?? new BuildCache() };
  const state = read(root, files, withCache);
  if (state?.result.complete === true) return state;
  const errors = state === undefined ? [] : errorsOf(state.result);
  const isPart = errors.length > 0 && errors.every(({ code }) => elsewhere.has(code));
  if (state !== undefined && isPart && state.result.pending.length === 0) return state;
  if (state === undefined) {
    const message = `\`${baseName(root)}\` holds no kustomization that can be read.`;
    return { kind: "refused", reason: "doesNotBuild", message, help: "Name the directory of an overlay." };
  }
  return refuse(root, errors.find(({ code }) => !elsewhere.has(code)) ?? errors[0]);
}

function refuse(root: string, problem: Problem | undefined): ImageRefusal {
  const why = problem === undefined ? "part of it comes from elsewhere (a remote base or a chart)" : problem.message;
  return {
    kind: "refused",
    reason: "doesNotBuild",
    message: `\`${baseName(root)}\` does not build as it is: ${why}`,
    help: problem?.help ?? "What a change would do cannot be seen beforehand; make it by hand.",
    place: problem?.place,
  };
}

function read(root: string, files: EditedFiles, source: OverlayState["source"]): OverlayState | undefined {
  const overlay = readOverlayFile(root, files);
  if (overlay === undefined) return undefined;
  const within = files.freeDirectoryOf?.(root);
  const options = within === undefined ? source.options : { ...source.options, loadRestrictions: { within } };
  const result = build(joinPath("/", root), files, options, source.cache);
  return { root, files, overlay, source, result, unseen: result.complete ? [] : errorsOf(result) };
}

function errorsOf({ problems }: BuildResult): readonly Problem[] {
  return problems.filter(({ severity }) => severity === "error");
}

/** What keeps the overlay from building that did not before. */
function newProblem(next: OverlayState, before: OverlayState): Problem | undefined {
  const textOf = ({ code, message }: Problem): string => `${code} ${message}`;
  const known = new Set(before.unseen.map(textOf));
  return next.unseen.find((problem) => !known.has(textOf(problem)));
}

/** A rendered value that is not the same any more. */
export interface RenderedChange {
  readonly index: number;
  readonly pointer: string;
  readonly object: string;
  readonly before: Node | undefined;
  readonly after: Node | undefined;
}

/** An attempt that was made, and what it does to the rendered overlay. */
export interface Tried {
  readonly state: OverlayState;
  readonly changes: readonly RenderedChange[];
}

/** The overlay would not build any more, and why, as far as that is known. */
export interface BrokenBuild {
  readonly broken: Problem | undefined;
}

/**
 * Makes the edits of an attempt, in memory. Gives why not, when the overlay would not build any more, or when anything else in the kustomization would be
 * another value, because an alias repeats it for example.
 */
export function tryOut(
  state: OverlayState,
  { document, edits, changes }: Attempt,
): Tried | "changesMore" | BrokenBuild {
  const files = state.files.with(document.file, edits);
  const next = read(state.root, files, state.source);
  if (next === undefined) return { broken: undefined };
  const broken = newProblem(next, state);
  if (broken !== undefined || next.result.pending.length > 0) return { broken };
  if (changes !== undefined) {
    const meant = (pointer: string): boolean =>
      changes.some((each) => pointer === each || pointer.startsWith(`${each}/`));
    const written = findDifferences(state.overlay.value, next.overlay.value);
    if (!written.every(({ pointer }) => meant(pointer))) return "changesMore";
  }
  const rendered = findRenderedChanges(state.result, next.result);
  return rendered === undefined ? "changesMore" : { state: next, changes: rendered };
}

/**
 * What two builds of one overlay render differently, but for Kustomize's own record of its steps; `undefined` when they do not hold the same objects.
 */
export function findRenderedChanges(before: BuildResult, after: BuildResult): readonly RenderedChange[] | undefined {
  if (before.resources.length !== after.resources.length) return undefined;
  return before.resources.flatMap(({ node }, index) =>
    findDifferences(withoutRecord(node), withoutRecord(after.resources[index]?.node)).map(
      ({ pointer, before: old, after: fresh }) => {
        return { index, pointer, object: describeObject(node), before: old, after: fresh };
      },
    ),
  );
}

/** An object without Kustomize's record of its steps, in which with `buildMetadata: [transformerAnnotations]` every new entry is noted. */
function withoutRecord(node: Mapping | undefined): Mapping | undefined {
  const metadata = getValue(node, "metadata");
  const annotations = getValue(metadata, "annotations");
  if (node === undefined || metadata?.kind !== "mapping" || annotations?.kind !== "mapping") return node;
  const kept = annotations.entries.filter(({ key }) => key.text !== "alpha.config.kubernetes.io/transformations");
  if (kept.length === annotations.entries.length) return node;
  const entries = metadata.entries.flatMap((entry) => {
    if (entry.value !== annotations) return entry;
    return kept.length === 0 ? [] : { ...entry, value: { ...annotations, entries: kept } };
  });
  const without = { ...metadata, entries };
  return {
    ...node,
    entries: node.entries.map((each) => (each.value === metadata ? { ...each, value: without } : each)),
  };
}

/** A scalar, or `undefined` for anything else. */
export function asScalar(node: Node | undefined): Scalar | undefined {
  return node?.kind === "scalar" ? node : undefined;
}
