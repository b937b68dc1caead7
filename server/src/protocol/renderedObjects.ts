import type { PlaceInFile } from "./origin";

/** Request: what a kustomization, or the sources of an Application, render to now, unsaved text included: `RenderedObjects`. */
export const renderedObjectsRequest = "gitopsAuthor/renderedObjects";

export interface RenderedObjectsParameters {
  /** URI of the directory of a kustomization. */
  readonly root?: string | undefined;
  /** The sources of an Application, of whose repositories some are in the workspace. Ignored when `root` is there. */
  readonly sources?: readonly RenderedSource[] | undefined;
}

/** A source as an Application says it. */
export interface RenderedSource {
  readonly repoURL?: string | undefined;
  readonly path?: string | undefined;
  readonly targetRevision?: string | undefined;
  readonly chart?: string | undefined;
}

export interface RenderedObjects {
  readonly builds: readonly RenderedBuild[];
  /** Sentences about sources that are not rendered here. */
  readonly notRendered: readonly string[];
}

/** What one kustomization renders to. */
export interface RenderedBuild {
  /** URI of the directory. */
  readonly root: string;
  /** Its path for people, relative to the workspace folder. */
  readonly label: string;
  /** Whether `objects` is exactly what `kustomize build` prints. */
  readonly complete: boolean;
  /** Why it is not, a sentence for each reason. */
  readonly problems: readonly string[];
  /** In the order of the build. */
  readonly objects: readonly RenderedObject[];
  /** The files at hand are not those of the revision that the Application follows. */
  readonly otherRevision?: boolean | undefined;
}

export interface RenderedObject {
  /** The whole object as JSON, a text: numbers keep their digits that way. */
  readonly json: string;
  /** Where it is defined. */
  readonly source: PlaceInFile;
}
