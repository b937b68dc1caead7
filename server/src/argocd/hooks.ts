import { annotationWords } from "../protocol/objectMarks";
import { parseGoInteger } from "./goInteger";

/** The phases of a sync, in their order; `SyncFail` only runs when one before it failed. */
export const syncPhases = ["PreSync", "Sync", "PostSync", "SyncFail"] as const;

export type SyncPhase = (typeof syncPhases)[number];

/** When the object of a hook is deleted. */
export type HookDeletePolicy = "HookSucceeded" | "HookFailed" | "BeforeHookCreation";

/** The annotations of an object. */
export type Annotations = ReadonlyMap<string, string>;

/** What annotations make of an object in a sync. */
export interface SyncRole {
  /** Applied on its own in its phases, rather than kept as it is written. */
  readonly isHook: boolean;
  /** When it is applied; empty for an object that no sync applies. */
  readonly phases: readonly SyncPhase[];
  /** What is asked for hooks; one that asks nothing is replaced before it is created anew. */
  readonly deletePolicies: readonly HookDeletePolicy[];
}

const hookKey = "argocd.argoproj.io/hook";
const helmHookKey = "helm.sh/hook";

const phasesOfHelm: ReadonlyMap<string, SyncPhase> = new Map([
  ["pre-install", "PreSync"],
  ["pre-upgrade", "PreSync"],
  ["post-install", "PostSync"],
  ["post-upgrade", "PostSync"],
]);

const policies: ReadonlyMap<string, HookDeletePolicy> = new Map([
  ["HookSucceeded", "HookSucceeded"],
  ["HookFailed", "HookFailed"],
  ["BeforeHookCreation", "BeforeHookCreation"],
]);

const policiesOfHelm: ReadonlyMap<string, HookDeletePolicy> = new Map([
  ["hook-succeeded", "HookSucceeded"],
  ["hook-failed", "HookFailed"],
  ["before-hook-creation", "BeforeHookCreation"],
]);

/**
 * What annotations make of an object in a sync, by argo-cd `gitops-engine/pkg/sync/hook`: hooks of Argo CD, else those of Helm, as far as Argo CD
 * has a phase for them. Hooks that run when an Application is deleted have no part in a sync, nor have the tests of Helm.
 */
export function syncRoleOf(annotations: Annotations): SyncRole {
  const words = annotationWords(annotations, hookKey);
  const named = words.filter((word) => word === "Skip" || isPhase(word));
  const fromHelm = annotationWords(annotations, helmHookKey).flatMap((word) => phasesOfHelm.get(word) ?? []);
  const types = named.length > 0 ? named : fromHelm;
  const isSkipped = types.length === 1 && types[0] === "Skip";
  // Helm writes the same annotation on custom resource definitions, which are no hooks.
  const ofHelm = annotations.get(helmHookKey) ?? "crd-install";
  const isHook = annotations.has(hookKey) ? !isSkipped : ofHelm !== "crd-install";
  if (!isHook) return { isHook, phases: isSkipped ? [] : ["Sync"], deletePolicies: [] };
  const phases = syncPhases.filter((phase) => types.includes(phase));
  return { isHook, phases, deletePolicies: deletePoliciesOf(annotations) };
}

/** The wave of an object: what its annotation says, else the weight that Helm gives its hook. What is no whole number does not count. */
export function waveOf(annotations: Annotations): number {
  const wave = parseGoInteger(annotations.get("argocd.argoproj.io/sync-wave") ?? "");
  return wave ?? parseGoInteger(annotations.get("helm.sh/hook-weight") ?? "") ?? 0;
}

function deletePoliciesOf(annotations: Annotations): readonly HookDeletePolicy[] {
  const own = annotationWords(annotations, "argocd.argoproj.io/hook-delete-policy").flatMap(
    (word) => policies.get(word) ?? [],
  );
  const helms = annotationWords(annotations, "helm.sh/hook-delete-policy").flatMap(
    (word) => policiesOfHelm.get(word) ?? [],
  );
  const all = [...new Set([...own, ...helms])];
  return all.length > 0 ? all : ["BeforeHookCreation"];
}

function isPhase(word: string): boolean {
  return syncPhases.some((phase) => phase === word);
}
