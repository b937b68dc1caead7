import type { LiveSource } from "./observe";

/** Request: where files of the workspace define an object, `ObjectDefinitionsParameters` → `ObjectDefinition[]`. */
export const objectDefinitionsRequest = "gitopsAuthor/objectDefinitions";

/** An object as a cluster names it. */
export interface ObjectDefinitionsParameters {
  /** API group, for example `argoproj.io`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** A file that says no namespace may mean any. */
  readonly namespace?: string | undefined;
  /** Of an Application: where no file defines it, the kustomizations that these name are the answer. */
  readonly sources?: readonly LiveSource[] | undefined;
}

/** Where a file gives an object its name; the shape of a `Location` of LSP. */
export interface ObjectDefinition {
  readonly uri: string;
  readonly range: { readonly start: FilePosition; readonly end: FilePosition };
}

interface FilePosition {
  readonly line: number;
  readonly character: number;
}
