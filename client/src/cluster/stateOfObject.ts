import type { KubeObject } from "./kubeObject";
import { judgedElsewhere, type ObjectState } from "./objectState";
import { stateOfPod } from "./podState";

interface Counted {
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly currentNumberScheduled?: number;
  readonly desiredNumberScheduled?: number;
  readonly numberReady?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly active?: number;
  readonly phase?: string;
  readonly message?: string;
  readonly conditions?: readonly Condition[];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** How an object of a kind is that a controller made. A kind that we do not know is judged by its conditions, as most have them. */
export function stateOfObject(kind: string, object: KubeObject): ObjectState {
  const judged = (object.status as { readonly [judgedElsewhere]?: ObjectState } | undefined)?.[judgedElsewhere];
  if (judged !== undefined) return judged;
  if (kind === "Pod") return stateOfPod(object);
  const status = (object.status ?? {}) as Counted;
  const spec = (object.spec ?? {}) as { readonly replicas?: number; readonly completions?: number };
  if (object.metadata.deletionTimestamp !== undefined) return { health: "Progressing", words: ["being deleted"] };
  switch (kind) {
    case "ReplicaSet":
    case "ReplicationController":
    case "Deployment":
    case "StatefulSet":
      return counted(status.readyReplicas ?? 0, spec.replicas ?? 1, status);
    case "DaemonSet":
      return counted(status.numberReady ?? 0, status.desiredNumberScheduled ?? 0, status);
    case "Job":
      return stateOfJob(status, spec.completions ?? 1);
    default:
      return byConditions(status);
  }
}

function counted(ready: number, wanted: number, { conditions = [] }: Counted): ObjectState {
  if (wanted === 0) return { health: "Healthy", words: ["scaled to 0"] };
  const words = [`${ready} of ${wanted} ready`];
  const failed = conditions.find(({ type, status }) => type === "ReplicaFailure" && status === "True");
  if (failed !== undefined) return { health: "Degraded", words, why: sentence(failed) };
  return { health: ready >= wanted ? "Healthy" : "Progressing", words };
}

function stateOfJob({ succeeded = 0, failed = 0, active = 0, conditions = [] }: Counted, wanted: number): ObjectState {
  const is = (type: string): Condition | undefined =>
    conditions.find((each) => each.type === type && each.status === "True");
  const failure = is("Failed");
  if (failure !== undefined) return { health: "Degraded", words: [failure.reason ?? "Failed"], why: sentence(failure) };
  if (is("Complete") !== undefined) return { health: "Healthy", words: ["Complete"] };
  if (is("Suspended") !== undefined) return { health: "Suspended", words: ["Suspended"] };
  const words = [
    `${succeeded} of ${wanted} done`,
    active > 0 ? `${active} running` : "",
    failed > 0 ? `${failed} failed` : "",
  ];
  return { health: "Progressing", words: words.filter(Boolean) };
}

/** `Succeeded` is what Tekton's runs say, `Ready` most others. */
function byConditions({ conditions = [], phase, message }: Counted): ObjectState {
  const told =
    conditions.find(({ type }) => type === "Succeeded") ??
    conditions.find(({ type }) => type === "Ready") ??
    conditions.find(({ type }) => type === "Available");
  if (told === undefined)
    return { health: "", words: phase === undefined ? [] : [phase], why: message ? [message] : [] };
  const word = told.reason ?? told.type;
  if (told.status === "True") return { health: "Healthy", words: [word] };
  const health = told.status === "False" ? "Degraded" : "Progressing";
  return { health, words: [word], why: sentence(told) };
}

function sentence({ message }: Condition): readonly string[] {
  return message ? [message] : [];
}
