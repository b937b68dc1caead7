import { ApiError } from "../apiError";
import type { Kind } from "../childKinds";
import type { Connection } from "../connection";
import { guessPlural } from "../guessPlural";
import { readListRights } from "../listRights";
import { readServedKinds } from "../servedKinds";
import type { ManagedResource } from "./application";

/** The kinds in which objects of an Application may be looked for. */
export interface TrackableKinds {
  readonly kinds: readonly Kind[];
  /** Kinds that this person may not list. */
  readonly forbidden: readonly Kind[];
  /** What could not be learnt of the kinds themselves, a sentence each. */
  readonly notes: readonly string[];
}

/** Kinds that Applications deploy most: all there is to go by where nobody says which kinds there are. */
const usual: readonly Kind[] = [
  ...of("", "v1", ["ConfigMap", "Secret", "Service", "ServiceAccount", "PersistentVolumeClaim", "Pod"]),
  ...of("apps", "v1", ["Deployment", "StatefulSet", "DaemonSet"]),
  ...of("batch", "v1", ["Job", "CronJob"]),
  ...of("autoscaling", "v2", ["HorizontalPodAutoscaler"]),
  ...of("policy", "v1", ["PodDisruptionBudget"]),
  ...of("rbac.authorization.k8s.io", "v1", ["Role", "RoleBinding"]),
  ...of("networking.k8s.io", "v1", ["Ingress", "NetworkPolicy"]),
  ...of("route.openshift.io", "v1", ["Route"]),
];

function of(group: string, version: string, names: readonly string[]): readonly Kind[] {
  return names.map((kind) => ({ group, version, kind, plural: guessPlural(kind), namespaced: true }));
}

/** Kinds that controllers make in great numbers, and those that Argo CD looks at nowhere (`resource.exclusions` of its own manifests). */
const excluded: readonly RegExp[] = [
  /^\/(?:Event|Endpoints|Node)$/,
  /^(?:events|metrics|coordination|authentication|authorization|certificates)\.k8s\.io\//,
  /^discovery\.k8s\.io\/EndpointSlice$/,
  /^cert-manager\.io\/CertificateRequest$/,
  /^cilium\.io\/Cilium(?:Identity|Endpoint|EndpointSlice)$/,
  /^(?:kyverno\.io|reports\.kyverno\.io|wgpolicyk8s\.io)\/.*Report/,
  // Made up of other objects when they are listed.
  /^image\.openshift\.io\/(?:ImageTag|ImageStreamTag|ImageStreamImage)$/,
  /^packages\.operators\.coreos\.com\//,
];

/** As many at most, the usual ones first: each costs a call. */
const mostKinds = 500;

/**
 * The kinds in which objects of an Application may lie in a namespace, or outside of all: those that the cluster serves and that can be deleted, as
 * far as the person may list them. Where the cluster does not say which there are, the usual ones and those of `known`. Rejects only when it is
 * cancelled.
 */
export async function findTrackableKinds(
  connection: Connection,
  namespace: string,
  { known, signal }: { readonly known: readonly ManagedResource[]; readonly signal: AbortSignal },
): Promise<TrackableKinds> {
  const [served, mayList] = await Promise.all([
    tellKinds(connection, known, signal),
    readListRights(connection, namespace, signal),
  ]);
  const first = new Set(usual.map(wordOf));
  const sorted = [...served.kinds].sort((a, b) => Number(first.has(wordOf(b))) - Number(first.has(wordOf(a))));
  const allowed = sorted.filter(mayList);
  const left = allowed.length - mostKinds;
  const notes = left <= 0 ? [] : [`${left} of ${allowed.length} kinds were left out: there are too many.`];
  return {
    kinds: allowed.slice(0, mostKinds),
    forbidden: sorted.filter((kind) => !mayList(kind)),
    notes: [...served.notes, ...notes],
  };
}

async function tellKinds(
  connection: Connection,
  known: readonly ManagedResource[],
  signal: AbortSignal,
): Promise<Pick<TrackableKinds, "kinds" | "notes">> {
  try {
    const { kinds, silent } = await readServedKinds(connection, signal);
    const can = kinds.filter((kind) => ["list", "delete"].every((verb) => kind.verbs.includes(verb)));
    const note = `These API groups do not answer, so their kinds are not known: ${silent.join(", ")}.`;
    return { kinds: can.filter((kind) => !isExcluded(kind)), notes: silent.length === 0 ? [] : [note] };
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind === "cancelled") throw error;
    const others = known.flatMap(({ group = "", version = "v1", kind }) => of(group, version, [kind]));
    const all = new Map([...usual, ...others].map((kind) => [wordOf(kind), kind]));
    const note = `Only the usual kinds were looked at: which others there are is not known. ${error.message}`;
    return { kinds: [...all.values()], notes: [note] };
  }
}

function isExcluded(kind: Kind): boolean {
  return excluded.some((pattern) => pattern.test(wordOf(kind)));
}

function wordOf({ group, kind }: Pick<Kind, "group" | "kind">): string {
  return `${group}/${kind}`;
}
