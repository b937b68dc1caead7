import { hasSyncOption } from "../protocol/objectMarks";
import { type HookDeletePolicy, type SyncPhase, syncPhases, syncRoleOf, waveOf } from "./hooks";
import type { SyncObject } from "./syncObject";

/** What a sync does with one object in one of its phases. */
export interface SyncTask {
  readonly phase: SyncPhase;
  readonly wave: number;
  readonly object: SyncObject;
  readonly isHook: boolean;
  /** It is deleted, because Git has it no more. */
  readonly isPrune: boolean;
  readonly deletePolicies: readonly HookDeletePolicy[];
}

export interface SyncOrderOptions {
  /** What Git says. */
  readonly targets: readonly SyncObject[];
  /** What the cluster has and Git has no more, when the sync deletes that. */
  readonly prunes?: readonly SyncObject[];
  /** Of the destination; objects that name none are put into it. */
  readonly namespace: string;
  /** Whether the sync option `PruneLast=true` is set for all. */
  readonly pruneLast?: boolean;
  /** Whether the sync makes the namespace of the destination: `CreateNamespace=true`. */
  readonly createNamespace?: boolean;
  /** Hooks stay away from a sync of chosen objects. */
  readonly skipHooks?: boolean;
}

/**
 * What a sync does, in the order in which Argo CD does it (`syncTasks.Sort` and `getSyncTasks` of argo-cd `gitops-engine/pkg/sync`): by phase,
 * wave, kind and name; then a Namespace is drawn before the first object in it, and a definition before the first object of its kind, into the
 * same phase and wave. Prunes take the waves in reverse.
 */
export function orderSync(options: SyncOrderOptions): readonly SyncTask[] {
  const { targets, prunes = [], namespace, skipHooks = false } = options;
  const created = createdNamespace(options);
  const tasks = [
    ...targets.filter(({ annotations }) => !syncRoleOf(annotations).isHook).flatMap((object) => tasksOf(object, false)),
    ...prunes.filter(({ annotations }) => !syncRoleOf(annotations).isHook).flatMap((object) => tasksOf(object, true)),
    ...(skipHooks ? [] : targets)
      .filter(({ annotations }) => syncRoleOf(annotations).isHook)
      .flatMap((object) => tasksOf(object, false)),
    ...(created === undefined ? [] : [created]),
  ];
  const sorted = withPruneWaves(tasks, options.pruneLast === true).sort(compareTasks);
  const withNamespaces = drawForward(sorted, {
    keyOfNeeded: ({ group, kind, name }) => (group === "" && kind === "Namespace" ? name : undefined),
    keyOfNeeding: (object) => object.namespace || namespace || undefined,
  });
  return drawForward(withNamespaces, {
    keyOfNeeded: ({ defines }) => defines,
    keyOfNeeding: ({ group, kind }) => `${group}/${kind}`,
  });
}

/** The order in which sorted tasks run: within a wave what is deleted goes first (`runTasks` of the same `sync_context.go`). */
export function inRunOrder(tasks: readonly SyncTask[]): readonly SyncTask[] {
  const isTogether = (a: SyncTask, b: SyncTask): boolean => a.phase === b.phase && a.wave === b.wave;
  const starts = tasks.flatMap((task, i) => {
    const before = tasks[i - 1];
    return before !== undefined && isTogether(before, task) ? [] : [i];
  });
  return starts.flatMap((start, i) => {
    const wave = tasks.slice(start, starts[i + 1]);
    return [...wave.filter(({ isPrune }) => isPrune), ...wave.filter(({ isPrune }) => !isPrune)];
  });
}

function tasksOf(object: SyncObject, isPrune: boolean): readonly SyncTask[] {
  const { isHook, phases, deletePolicies } = syncRoleOf(object.annotations);
  const wave = waveOf(object.annotations);
  return phases.map((phase) => ({ phase, wave, object, isHook, isPrune, deletePolicies }));
}

/** Only when no object is that namespace. Whether the cluster has it already is not asked here. */
function createdNamespace({ targets, namespace, createNamespace }: SyncOrderOptions): SyncTask | undefined {
  if (createNamespace !== true || namespace === "") return undefined;
  const isThere = targets.some(
    ({ group, kind, name, annotations }) =>
      group === "" && kind === "Namespace" && name === namespace && !syncRoleOf(annotations).isHook,
  );
  if (isThere) return undefined;
  const object = { group: "", kind: "Namespace", name: namespace, namespace: "", annotations: new Map() };
  return { phase: "PreSync", wave: 0, object, isHook: false, isPrune: false, deletePolicies: [] };
}

/** Prunes swap their waves, the first for the last and so on; those that come last follow on the last wave of the phase Sync. */
function withPruneWaves(tasks: readonly SyncTask[], pruneLast: boolean): SyncTask[] {
  const waves = [...new Set(tasks.filter(({ isPrune }) => isPrune).map(({ wave }) => wave))].sort((a, b) => a - b);
  const mirrored = new Map(waves.map((wave, i) => [wave, waves[waves.length - 1 - i] ?? wave]));
  const swapped = tasks.map((task) => (task.isPrune ? { ...task, wave: mirrored.get(task.wave) ?? task.wave } : task));
  const last = Math.max(0, ...swapped.filter(({ phase }) => phase === "Sync").map(({ wave }) => wave)) + 1;
  return swapped.map((task) => {
    const isLast = task.isPrune && (pruneLast || hasSyncOption(task.object.annotations, "PruneLast=true"));
    return isLast ? { ...task, wave: last } : task;
  });
}

/** Kinds that others need first; those that are not named here come last, custom resources among them. */
const kindOrder: readonly string[] = [
  ...["Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget"],
  ...["ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume"],
  ...["PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding"],
  ...["ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod"],
  ...["ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job"],
  ...["CronJob", "IngressClass", "Ingress", "APIService"],
];

const placeOfKind: ReadonlyMap<string, number> = new Map(kindOrder.map((kind, i) => [kind, i]));

function compareTasks(a: SyncTask, b: SyncTask): number {
  return (
    syncPhases.indexOf(a.phase) - syncPhases.indexOf(b.phase) ||
    a.wave - b.wave ||
    placeOf(a.object) - placeOf(b.object) ||
    compareTexts(sortedName(a), sortedName(b))
  );
}

function placeOf({ kind }: SyncObject): number {
  return placeOfKind.get(kind) ?? kindOrder.length;
}

/** A generated name ends in the revision, the phase and the time: a stand-in for them sorts it among the others. */
function sortedName({ phase, object }: SyncTask): string {
  return object.name || `${object.generateName ?? ""}0000000-${phase.toLowerCase()}-0`;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What an object is to others: both keys are equal when one needs the other. */
interface Need {
  readonly keyOfNeeded: (object: SyncObject) => string | undefined;
  readonly keyOfNeeding: (object: SyncObject) => string | undefined;
}

/** Puts what is needed before the first that needs it, into its phase and wave. Prunes need nothing. */
function drawForward(tasks: readonly SyncTask[], { keyOfNeeded, keyOfNeeding }: Need): readonly SyncTask[] {
  const ordered: SyncTask[] = [];
  const firstByKey = new Map<string, SyncTask>();
  for (const task of tasks) {
    const needed = task.isPrune ? undefined : keyOfNeeded(task.object);
    const needing = task.isPrune || needed !== undefined ? undefined : keyOfNeeding(task.object);
    const first = needed === undefined ? undefined : firstByKey.get(needed);
    if (first === undefined) ordered.push(task);
    else ordered.splice(ordered.indexOf(first), 0, { ...task, phase: first.phase, wave: first.wave });
    if (needing !== undefined && !firstByKey.has(needing)) firstByKey.set(needing, task);
  }
  return ordered;
}
