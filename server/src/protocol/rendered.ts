/**
 * Rendered documents: what an overlay builds to, served by the server under a scheme of its own through
 * `workspace/textDocumentContent` of LSP 3.18, refreshed with `workspace/textDocumentContent/refresh`.
 */

/** The scheme of rendered documents. */
export const renderedScheme = "gitops-rendered";

const suffix = ".rendered.yaml";

/**
 * The path of the rendered document of the kustomization in the directory `root` (a URI path), for example
 * `/repo/overlays/dev` → `/repo/overlays/dev/dev.rendered.yaml`. A client opens
 * `Uri.from({ scheme: renderedScheme, path: renderedPath(root) })`.
 */
export function renderedPath(root: string): string {
  const name = root.slice(root.lastIndexOf("/") + 1);
  return `${root === "/" ? "" : root}/${name === "" ? "root" : name}${suffix}`;
}

/** The directory whose kustomization the rendered document at `path` shows; `undefined` when `path` is no such document. */
export function rootOfRendered(path: string): string | undefined {
  if (!path.endsWith(suffix)) return undefined;
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

/** Sent by the server each time the state of an open rendered document changes. */
export const previewStateNotification = "gitopsAuthor/previewState";

export interface PreviewState {
  /** URI of the rendered document. */
  readonly uri: string;
  /** URI of the directory that is built. */
  readonly root: string;
  /**
   * `current`: shows the text as it is now. `partial`: the build has problems and there is no good result yet, so what could
   * be built is shown. `stale`: it does not build now, the last good result is shown. `empty`: nothing could be built.
   */
  readonly state: "current" | "partial" | "stale" | "empty";
  /** Number of problems of the present build. */
  readonly problems: number;
  /** A line for the status item and the lens, for example `Shows the last good build; 2 problems`; empty when current. */
  readonly message: string;
  /** How long the last build took, in milliseconds. */
  readonly milliseconds: number;
}

/** Request: which preview stands for a file? The answer is a `PreviewTarget[]`, the best first. */
export const previewTargetsRequest = "gitopsAuthor/previewTargets";

/** The file (any file of the workspace) that a person looks at. */
export interface PreviewTargetsParams {
  readonly uri: string;
}

/** A kustomization that is, or that includes, the file asked for. */
export interface PreviewTarget {
  /** URI of the rendered document. */
  readonly uri: string;
  /** URI of the directory. */
  readonly root: string;
  /** For a pick list: the path relative to its workspace folder. */
  readonly label: string;
}
