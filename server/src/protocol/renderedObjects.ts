import type { PlaceInFile } from "./origin";
import type { DeployingApplication, RenderSubject, SourceOfApplication } from "./sourceOfApplication";

/** Request: what a kustomization, or the sources of an Application, render to now, unsaved text included: `RenderedObjects`. */
export const renderedObjectsRequest = "gitopsAuthor/renderedObjects";

export interface RenderedObjectsParameters {
  /** URI of the directory of a kustomization. */
  readonly root?: string | undefined;
  /** The sources of an Application, of whose repositories some are in the workspace. Ignored when `root` is there. */
  readonly sources?: readonly SourceOfApplication[] | undefined;
  /** The Application that the sources are of. */
  readonly application?: DeployingApplication | undefined;
}

export interface RenderedObjects {
  readonly builds: readonly RenderedBuild[];
  /** Sentences about sources that are not rendered here. */
  readonly notRendered: readonly string[];
}

/** What one kustomization, or one source of an Application, renders to. */
export interface RenderedBuild {
  /** What it was that was rendered, to ask about it again. */
  readonly subject: RenderSubject;
  /** Its path for people, relative to the workspace folder. */
  readonly label: string;
  /** Whether `objects` is exactly what `kustomize build` prints, or what Argo CD takes. */
  readonly complete: boolean;
  /** Why it is not, a sentence for each reason. */
  readonly problems: readonly string[];
  /** In the order of the build. */
  readonly objects: readonly RenderedObject[];
  /** What may be otherwise where Argo CD works, a sentence each. */
  readonly notes: readonly string[];
}

export interface RenderedObject {
  /** The whole object as JSON, a text: numbers keep their digits that way. */
  readonly json: string;
  /** Where it is defined. */
  readonly source: PlaceInFile;
}
