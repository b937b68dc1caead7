/**
 * The types of `gitops-author/engine`. This file stands alone: the build copies it to `dist/engine.d.ts`, so it imports
 * nothing and holds nothing but types.
 */

/** Renders a kustomization from files in memory. Never rejects on account of what the files hold. */
export type RenderFiles = (
  /**
   * Contents by absolute POSIX path, for example `{ "/app/kustomization.yaml": "resources: [a.yaml]", … }`; a key that ends in
   * `/` is an empty directory. Bytes serve for files that are no text.
   */
  files: Readonly<Record<string, string | Uint8Array>>,
  /** The directory to build; a relative one counts from `/`. */
  root: string,
  options?: RenderOptions,
) => Promise<Rendered>;

export interface RenderOptions {
  /**
   * `legacy` (default): by kind, as the command line prints. `none`: in the order of accumulation. `unspecified`: what
   * Kustomize does when nobody asks, which is `legacy`. `sortOptions` of the kustomization wins over all of them.
   */
  readonly reorder?: "legacy" | "none" | "unspecified" | undefined;
  /** `rootOnly` (default): files must lie in or below the directory of their kustomization. */
  readonly loadRestrictions?: "rootOnly" | "none" | undefined;
  /** Adds the label `app.kubernetes.io/managed-by` to every object. */
  readonly managedByLabel?: boolean | undefined;
}

export interface Rendered {
  /** What `kustomize build` (5.8.1) prints; absent unless the build is complete. */
  readonly yaml?: string;
  /** Of a build that is not complete: what could be built. */
  readonly partialYaml?: string;
  readonly problems: readonly Finding[];
  /** Where each value of the rendered text comes from, from top to bottom; found when first asked for. */
  readonly origins: readonly Origin[];
}

/** Something that is wrong, at the place that causes it. `file` is the absolute path, a key of the files given. */
export interface Finding {
  readonly file: string;
  readonly range: Range;
  readonly severity: "error" | "warning" | "information" | "hint";
  /** For example `kustomization/missing-file`. */
  readonly code: string;
  readonly message: string;
  /** What to do. */
  readonly help?: string;
  /** The words of Kustomize itself, where it has any. */
  readonly detail?: string;
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  /** Titles of the ways to repair it that an editor offers. */
  readonly fixes: readonly string[];
}

/** Lines and columns are 1-based, columns in UTF-16 units. */
export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** Where one rendered value comes from. */
export interface Origin {
  /** 1-based line of the rendered text. */
  readonly line: number;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  /** JSON pointer of the value in the rendered object. */
  readonly path: string;
  /** The text that gives the value; `path` is its JSON pointer there, empty in a file that is no YAML. */
  readonly source: { readonly file: string; readonly path: string; readonly range: Range };
  /** What changed the value, oldest first. */
  readonly steps: readonly OriginStep[];
}

export interface OriginStep {
  /** The kustomization that asked for the change, and the JSON pointer of its entry, for example `/images/0`. */
  readonly file: string;
  readonly path: string;
  /** The field, for example `images`. */
  readonly field: string;
  /** Null when the step created the value. */
  readonly before: string | null;
  readonly after: string;
}
