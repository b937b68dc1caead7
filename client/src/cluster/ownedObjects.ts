import { naturalOrder } from "../../../server/src/protocol/naturalOrder";
import type { KubeObject } from "./kubeObject";

/** An object that may own others. */
export interface Owner {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Not known for what the status of an Application tells of. */
  readonly uid?: string | undefined;
}

/** Whether an object says that it belongs to `owner`. Both are in the same namespace: Kubernetes has no owners elsewhere. */
export function isOwnedBy({ metadata }: KubeObject, owner: Owner): boolean {
  return (metadata.ownerReferences ?? []).some(({ apiVersion, kind, name, uid }) => {
    if (owner.uid !== undefined) return uid === owner.uid;
    return kind === owner.kind && name === owner.name && groupOf(apiVersion) === owner.group;
  });
}

/** The objects that belong to `owner`, the newest first; those of one moment, such as the Pods of a StatefulSet, by name. */
export function ownedBy(owner: Owner, objects: Iterable<KubeObject>): readonly KubeObject[] {
  return [...objects].filter((object) => isOwnedBy(object, owner)).sort(newestFirst);
}

/** `apps` of `apps/v1`; nothing of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

/**
 * An object without what no row shows: a namespace may hold thousands of Pods. Kept are the metadata that say whose it is, the fields of the
 * spec that are plain values (`replicas`, `suspend`), and the status.
 */
export function trimOwned({ metadata, spec, status }: KubeObject): KubeObject {
  const { name, namespace, uid, creationTimestamp, deletionTimestamp, ownerReferences } = metadata;
  const kept = { name, namespace, uid, creationTimestamp, deletionTimestamp, ownerReferences };
  return { metadata: kept, spec: plainFieldsOf(spec), status };
}

function plainFieldsOf(spec: unknown): unknown {
  if (typeof spec !== "object" || spec === null) return undefined;
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => typeof value !== "object"));
}

function newestFirst(a: KubeObject, b: KubeObject): number {
  const [first = "", second = ""] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (first !== second) return first > second ? -1 : 1;
  return naturalOrder(a.metadata.name, b.metadata.name);
}
