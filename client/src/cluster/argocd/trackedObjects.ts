import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import { type KubeObject, pathOf } from "../kubeObject";
import { describeNoAnswer, ManyQuestions } from "../manyQuestions";
import type { Application, ManagedResource } from "./application";
import { toDeploying } from "./deployingApplication";
import type { ControlPlane } from "./instances";
import { type Marks, marksOf } from "./liveMarks";

/** An object that bears the marks of an Application, and what it says for itself. */
export interface TrackedObject extends ManagedResource {
  readonly annotations: Marks;
}

/** What a namespace holds of an Application. */
export interface TrackedObjects {
  readonly objects: readonly TrackedObject[];
  /** The kinds that this person may not list there. */
  readonly unseen: readonly string[];
  /** The kinds for which the cluster did not answer, each with the reason. */
  readonly unread: readonly { readonly kind: string; readonly why: string }[];
}

export interface TrackingOptions {
  /** Of the cluster in which the Application is. */
  readonly controlPlanes?: readonly ControlPlane[] | undefined;
  /** What its Argo CD says of comparisons. */
  readonly configuration?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** Kinds that Applications deploy: a namespace may have hundreds, and each costs a call. */
const kinds = [
  ...of("", "v1", ["ConfigMap", "Secret", "Service", "ServiceAccount", "PersistentVolumeClaim", "Pod"]),
  ...of("apps", "v1", ["Deployment", "StatefulSet", "DaemonSet"]),
  ...of("batch", "v1", ["Job", "CronJob"]),
  ...of("autoscaling", "v2", ["HorizontalPodAutoscaler"]),
  ...of("policy", "v1", ["PodDisruptionBudget"]),
  ...of("rbac.authorization.k8s.io", "v1", ["Role", "RoleBinding"]),
  ...of("networking.k8s.io", "v1", ["Ingress", "NetworkPolicy"]),
  ...of("route.openshift.io", "v1", ["Route"]),
];

function of(group: string, version: string, names: readonly string[]) {
  return names.map((kind) => {
    const plural = kind.toLowerCase().replace(/y$/, "ie").replace(/s$/, "se");
    return { group, version, kind, plural: `${plural}s`, namespaced: true };
  });
}

/** No values: those of Secrets stay where they are. */
const accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

const trackingId = "argocd.argoproj.io/tracking-id";

/** Whether Argo CD has said what an Application has in its cluster. */
export function isCompared({ status }: Application): boolean {
  const isBroken = (status?.conditions ?? []).some(({ type }) => type === "ComparisonError");
  return status?.resources !== undefined && status.sync?.status !== "Unknown" && !isBroken;
}

/**
 * Finds what Argo CD counts to an Application in a namespace, by the marks that it leaves: its annotation, or the label that its
 * configuration names. Throws when the cluster cannot be asked at all.
 */
export async function findTracked(
  connection: Connection,
  application: Application,
  { controlPlanes, configuration = {}, signal }: TrackingOptions,
): Promise<TrackedObjects> {
  const { namespace = "", instanceName: owner } = toDeploying(application, controlPlanes);
  const byLabel = configuration["application.resourceTrackingMethod"] === "label";
  const label = configuration["application.instanceLabelKey"] || "app.kubernetes.io/instance";
  const unseen: string[] = [];
  const found = await new ManyQuestions().ask(kinds, async (type): Promise<readonly TrackedObject[]> => {
    const { group, version, kind } = type;
    // What another object owns goes with it, and is none of the Application's own.
    const isOwn = ({ metadata }: KubeObject): boolean => {
      if ((metadata.ownerReferences ?? []).length > 0) return false;
      const id = `${owner}:${group}/${kind}:${namespace}/${metadata.name}`;
      return byLabel ? metadata.labels?.[label] === owner : metadata.annotations?.[trackingId] === id;
    };
    try {
      const { items } = await connection.get<{ readonly items?: readonly KubeObject[] | null }>({
        ...{ path: pathOf(type, namespace), accept, signal },
        ...(byLabel && { query: { labelSelector: `${label}=${owner}` } }),
      });
      // An empty list of metadata is null.
      return (items ?? []).filter(isOwn).map((each) => {
        return { group, version, kind, namespace, name: each.metadata.name, annotations: marksOf(each) };
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === "forbidden" || error.kind === "refused") unseen.push(kind);
      else if (error.kind !== "notFound") throw error;
      return [];
    }
  });
  const unread = found.flatMap((each, i) =>
    each.failure === undefined ? [] : [{ kind: kinds[i]?.kind ?? "", why: describeNoAnswer(each) }],
  );
  return { objects: found.flatMap(({ answer }) => answer ?? []), unseen, unread };
}
