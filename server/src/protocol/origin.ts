/** A position in a document, both 0-based, as in the Language Server Protocol. */
export interface DocumentPosition {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A range in a file. */
export interface PlaceInFile {
  readonly uri: string;
  readonly range: Range;
}

/** Request: where does the value at a position of a rendered document come from? `RenderedOrigin | null`. */
export const originRequest = "gitopsAuthor/origin";

/** Request: the same, only the place to go to (for "Go to source"). `PlaceInFile | null`. */
export const goToSourceRequest = "gitopsAuthor/goToSource";

/** Request: where does a source position show in the rendered document of a root? `PlaceInFile[]`. */
export const renderedPlacesRequest = "gitopsAuthor/renderedPlaces";

export interface RenderedPlacesParams extends DocumentPosition {
  /** URI of the rendered document to look in. */
  readonly rendered: string;
}

export interface RenderedOrigin {
  /** For people, for example `Deployment person-service`. */
  readonly object: string;
  /** JSON pointer in the rendered object. */
  readonly path: string;
  readonly source: PlaceInFile;
  /** What changed the value on its way, oldest first. */
  readonly steps: readonly RenderedStep[];
}

export interface RenderedStep {
  /** The kustomization's field, for example `images`. */
  readonly field: string;
  /** The entry that asked for the change. */
  readonly place: PlaceInFile;
  readonly before?: string | undefined;
  readonly after: string;
}
