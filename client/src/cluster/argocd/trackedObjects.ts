import { ApiError } from "../apiError";
import type { Kind } from "../childKinds";
import type { Connection } from "../connection";
import { type KubeObject, pathOf } from "../kubeObject";
import { describeNoAnswer, ManyQuestions } from "../manyQuestions";
import type { Application, ManagedResource } from "./application";
import { toDeploying } from "./deployingApplication";
import type { ControlPlane } from "./instances";
import { type Marks, marksOf } from "./liveMarks";
import { findTrackableKinds } from "./trackableKinds";
import { trackingIdOf } from "./trackingId";

/** An object that bears the marks of an Application, and what it says for itself. */
export interface TrackedObject extends ManagedResource {
  readonly annotations: Marks;
}

/** What a cluster holds of an Application, in the namespace of its destination and outside of all. */
export interface TrackedObjects {
  readonly objects: readonly TrackedObject[];
  /** How many kinds were looked at. */
  readonly kinds: number;
  /** The kinds that this person may not list there. */
  readonly unseen: readonly string[];
  /** The kinds for which the cluster did not answer, each with the reason. */
  readonly unread: readonly { readonly kind: string; readonly why: string }[];
  /** What else could not be learnt, a sentence each. */
  readonly notes: readonly string[];
}

export interface TrackingOptions {
  /** Of the cluster in which the Application is. */
  readonly controlPlanes?: readonly ControlPlane[] | undefined;
  /** What its Argo CD says of comparisons. */
  readonly configuration?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** No values: those of Secrets stay where they are. */
const accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** How many objects are asked for at a time. */
const pageSize = 500;

/** Whether Argo CD has said what an Application has in its cluster. */
export function isCompared({ status }: Application): boolean {
  const isBroken = (status?.conditions ?? []).some(({ type }) => type === "ComparisonError");
  return status?.resources !== undefined && status.sync?.status !== "Unknown" && !isBroken;
}

/** How the objects of an Application are known. */
interface Tracking {
  readonly owner: string;
  readonly namespace: string;
  /** What the API server is asked for, where it can tell them apart. */
  readonly selector?: string | undefined;
  readonly isOwn: (object: KubeObject, kind: Kind) => boolean;
}

/**
 * Finds what Argo CD counts to an Application in the namespace of its destination, and outside of all namespaces, by the marks that it leaves: its
 * annotation, or the label that its configuration names. Throws when the cluster cannot be asked at all.
 */
export async function findTracked(
  connection: Connection,
  application: Application,
  { controlPlanes, configuration = {}, signal }: TrackingOptions,
): Promise<TrackedObjects> {
  const { namespace = "", instanceName: owner } = toDeploying(application, controlPlanes);
  const tracking = toTracking(owner, namespace, configuration);
  const known = application.status?.resources ?? [];
  const { kinds, forbidden, notes } = await findTrackableKinds(connection, namespace, { known, signal });
  const unseen = forbidden.map(({ kind }) => kind);
  const found = await new ManyQuestions().ask(kinds, async (kind): Promise<readonly TrackedObject[]> => {
    try {
      return await listTracked(connection, kind, tracking, signal);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === "forbidden") unseen.push(kind.kind);
      else if (error.kind !== "notFound") throw error;
      return [];
    }
  });
  const unread = found.flatMap((each, i) =>
    each.failure === undefined ? [] : [{ kind: kinds[i]?.kind ?? "", why: describeNoAnswer(each) }],
  );
  const looked = kinds.length - unread.length - (unseen.length - forbidden.length);
  return { objects: found.flatMap(({ answer }) => answer ?? []), kinds: looked, unseen, unread, notes };
}

function toTracking(owner: string, namespace: string, configuration: Readonly<Record<string, string>>): Tracking {
  if (configuration["application.resourceTrackingMethod"] === "label") {
    const label = configuration["application.instanceLabelKey"] || "app.kubernetes.io/instance";
    const value = toLabelValue(owner);
    const isOwn = ({ metadata }: KubeObject): boolean => metadata.labels?.[label] === value;
    return { owner, namespace, selector: `${label}=${value}`, isOwn };
  }
  const isOwn = (object: KubeObject, { group, kind, namespaced }: Kind): boolean => {
    const id = trackingIdOf(object);
    if (id === undefined || id.application !== owner || id.group !== group || id.kind !== kind) return false;
    return id.name === object.metadata.name && (!namespaced || id.namespace === namespace);
  };
  return { owner, namespace, isOwn };
}

/** A label takes 63 characters, and ends in a letter or digit (`TruncateLabel` of argo-cd `util/argo/resource_tracking.go`). */
function toLabelValue(owner: string): string {
  return owner.length <= 63 ? owner : owner.slice(0, 63).replace(/[^A-Za-z0-9]+$/, "");
}

async function listTracked(
  connection: Connection,
  type: Kind,
  { namespace, selector: labelSelector, isOwn }: Tracking,
  signal: AbortSignal,
): Promise<readonly TrackedObject[]> {
  const { group, version, kind, namespaced } = type;
  const objects: TrackedObject[] = [];
  let next: string | undefined;
  do {
    const { items, metadata } = await connection.get<Page>({
      ...{ path: pathOf(type, namespace), accept, signal },
      query: { labelSelector, limit: pageSize, continue: next },
    });
    // An empty list of metadata is null.
    for (const each of items ?? []) {
      // What another object owns goes with it, and is none of the Application's own.
      if ((each.metadata.ownerReferences ?? []).length > 0 || !isOwn(each, type)) continue;
      const { name } = each.metadata;
      objects.push({ group, version, kind, ...(namespaced && { namespace }), name, annotations: marksOf(each) });
    }
    next = metadata?.continue || undefined;
  } while (next !== undefined);
  return objects;
}

interface Page {
  readonly metadata?: { readonly continue?: string | undefined } | undefined;
  readonly items?: readonly KubeObject[] | null | undefined;
}
