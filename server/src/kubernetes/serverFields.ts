import { fieldOf, isMap, type Json, type JsonMap, mapFields } from "./json";

/** What the API server, or a tool that applies, keeps in `metadata` for itself. */
const bookkeeping: ReadonlySet<string> = new Set([
  "managedFields",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
]);

/** What `kubectl apply` remembers of the last file that it applied. */
export const lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

const toolAnnotations: ReadonlySet<string> = new Set([
  lastAppliedAnnotation,
  "argocd.argoproj.io/tracking-id",
  "argocd.argoproj.io/installation-id",
]);

const instanceLabels: readonly string[] = ["app.kubernetes.io/instance", "argocd.argoproj.io/instance"];

/** By what an Argo CD knows the objects of an Application. */
export interface InstanceMark {
  /** The name of the Application. */
  readonly application?: string | undefined;
  /** The label, where it is another than the usual ones. */
  readonly label?: string | undefined;
  /** The status is of interest, and stays. */
  readonly keepsStatus?: boolean | undefined;
}

/**
 * An object without what only a cluster writes: its status, the bookkeeping of the API server, and the marks by which Argo CD knows the
 * objects of `application` (its instance label counts only where it says something else than the Application's name).
 */
export function withoutServerFields(object: JsonMap, mark: InstanceMark = {}): JsonMap {
  const { application, label, keepsStatus = false } = mark;
  return mapFields(object, (value, key) => {
    if (key === "status" && !keepsStatus) return undefined;
    if (key !== "metadata" || !isMap(value)) return value;
    return mapFields(value, (field, name) => {
      if (bookkeeping.has(name)) return undefined;
      if (name === "annotations") return without(field, (each) => toolAnnotations.has(each));
      if (name !== "labels") return field;
      const isMark = (key: string): boolean => instanceLabels.includes(key) || key === label;
      return without(field, (each) => isMark(each) && fieldOf(field, each) === application);
    });
  });
}

/** An empty map says the same as none. */
function without(map: Json, isDropped: (key: string) => boolean): Json | undefined {
  if (!isMap(map)) return map === null ? undefined : map;
  const kept = mapFields(map, (value, key) => (isDropped(key) ? undefined : value));
  return Object.keys(kept).length === 0 ? undefined : kept;
}
