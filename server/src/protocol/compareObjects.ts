import type { PlaceInFile } from "./origin";
import type { RenderSubject } from "./sourceOfApplication";

/**
 * Request: what of the objects in a cluster differs from what is rendered here: `ComparedObject[]`, in the order of the pairs. The values of
 * Secrets must be masked before.
 */
export const compareObjectsRequest = "gitopsAuthor/compareObjects";

export interface CompareObjectsParameters {
  /** The Application that deploys the objects, by the name by which its Argo CD knows it. */
  readonly application?: string | undefined;
  /** Its `spec.ignoreDifferences`. */
  readonly ignoreDifferences?: unknown;
  /** What the ConfigMap `argocd-cm` of its Argo CD says of comparisons, by key; absent when nobody could read it. */
  readonly configuration?: Readonly<Record<string, string>> | undefined;
  /** What rendered the objects. */
  readonly subjects: readonly RenderSubject[];
  readonly pairs: readonly PairOfObjects[];
}

/** An object as it is and as it should be, as parsed JSON. */
export interface PairOfObjects {
  /** Which of the subjects renders it, by its place in the list; absent for an object that only the cluster has. */
  readonly subject?: number | undefined;
  /** As it is rendered; absent for an object that only the cluster has. */
  readonly written?: unknown;
  /** Absent for an object that the cluster lacks. */
  readonly live?: unknown;
  /** What the API server says that `live` would become; absent when it could not be asked. */
  readonly predicted?: unknown;
}

export interface ComparedObject {
  readonly state: "same" | "different" | "onlyFiles" | "onlyCluster";
  /** The sides as YAML without what does not count, empty where the object is missing. */
  readonly live: string;
  readonly desired: string;
  /** JSON pointers of what differs. */
  readonly differences: readonly string[];
  /** For lines of `desired` (0-based) the source that gives their value. */
  readonly sources: readonly LineSource[];
  /** Expressions of `ignoreDifferences` that are not understood and so not honoured. */
  readonly notHonoured: readonly string[];
}

export interface LineSource {
  readonly line: number;
  /** Absent where no file says the value. */
  readonly source?: PlaceInFile | undefined;
  /** Who does, as a sentence. */
  readonly setBy?: string | undefined;
  /** What stands on the line differs. */
  readonly differs?: boolean | undefined;
}
