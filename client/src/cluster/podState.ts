import type { KubeObject } from "./kubeObject";
import type { ObjectState } from "./objectState";

/** A Pod, as far as we read it. */
interface Pod extends KubeObject {
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly initContainerStatuses?: readonly Container[];
    readonly containerStatuses?: readonly Container[];
  };
}

interface Container {
  readonly name: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

interface ContainerState {
  readonly running?: object;
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: {
    readonly reason?: string;
    readonly message?: string;
    readonly exitCode?: number;
    readonly signal?: number;
  };
}

/**
 * How a Pod is, in the word that kubectl would use for it (`CrashLoopBackOff`, `Init:ImagePullBackOff`, `Pending`), how many of its containers
 * are ready, and why it does not run.
 */
export function stateOfPod(object: KubeObject): ObjectState {
  const pod = object as Pod;
  const { phase = "Unknown", reason, message, containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp !== undefined) return { health: "Progressing", words: ["Terminating"] };
  if (phase === "Succeeded") return { health: "Healthy", words: ["Completed"] };
  const why = [reasonOfPending(pod), message].filter((each) => each !== undefined);
  if (reason !== undefined) return { health: phase === "Failed" ? "Degraded" : "Progressing", words: [reason], why };
  const init = initContainerStatuses.find((each) => !isInitialized(each));
  const trouble = [...(init === undefined ? [] : [init]), ...containerStatuses].find(
    (each) => wordOf(each) !== undefined,
  );
  const ready = containerStatuses.filter((each) => each.ready === true).length;
  const counts = containerStatuses.length === 0 ? [] : [`${ready} of ${containerStatuses.length} ready`];
  const restarts = sum([...initContainerStatuses, ...containerStatuses].map(({ restartCount = 0 }) => restartCount));
  const words = [...counts, ...(restarts === 0 ? [] : [`${restarts} ${restarts === 1 ? "restart" : "restarts"}`])];
  const what = trouble === undefined ? undefined : wordOf(trouble);
  if (trouble !== undefined && what !== undefined) {
    const word = trouble === init ? `Init:${what}` : what;
    return { health: healthOf(what, phase), words: [word, ...words], why: [...explain(trouble), ...why] };
  }
  const isReady = containerStatuses.length > 0 && ready === containerStatuses.length;
  if (phase === "Running") return { health: isReady ? "Healthy" : "Progressing", words: [phase, ...words], why };
  return { health: phase === "Failed" ? "Degraded" : "Progressing", words: [phase, ...words], why };
}

/** A container of a Pod, for a row of its own. */
export interface ShownContainer extends ObjectState {
  readonly name: string;
}

/** The containers of a Pod, those that initialize it first. */
export function containersOf(object: KubeObject): readonly ShownContainer[] {
  const { initContainerStatuses = [], containerStatuses = [] } = (object as Pod).status ?? {};
  const describe = (container: Container, isInit: boolean): ShownContainer => {
    const { name, state, restartCount = 0, ready } = container;
    const done = isInit && isInitialized(container);
    const word = done
      ? "Completed"
      : (wordOf(container) ?? state?.waiting?.reason ?? (state?.running && "Running") ?? "Waiting");
    const restarts = restartCount === 0 ? [] : [`${restartCount} ${restartCount === 1 ? "restart" : "restarts"}`];
    const health = done || ready === true ? "Healthy" : healthOf(word, "");
    const words = [isInit ? "init container" : "container", word, ...restarts];
    return { name, health, words, why: explain(container) };
  };
  return [
    ...initContainerStatuses.map((each) => describe(each, true)),
    ...containerStatuses.map((each) => describe(each, false)),
  ];
}

/** What keeps a container from running; nothing for one that runs, or will in a moment. */
function wordOf({ state }: Container): string | undefined {
  const { waiting, terminated } = state ?? {};
  if (waiting?.reason !== undefined && !passing.has(waiting.reason)) return waiting.reason;
  if (terminated === undefined) return undefined;
  if (terminated.reason !== undefined) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`;
}

/** What every container goes through. */
const passing: ReadonlySet<string> = new Set(["ContainerCreating", "PodInitializing"]);

function isInitialized({ state, ready }: Container): boolean {
  // A sidecar is an init container that runs on and is ready.
  return state?.terminated?.exitCode === 0 || (state?.running !== undefined && ready === true);
}

/** In the way of Argo CD: what will not get better by itself is degraded. */
function healthOf(word: string, phase: string): string {
  if (word === "Completed") return phase === "Running" ? "Progressing" : "Healthy";
  if (phase === "Failed" || /(BackOff|^Err|Error|^Invalid|Killed|^Signal|^ExitCode)/.test(word)) return "Degraded";
  return "Progressing";
}

/** Sentences on why a container does not run, and how it ended before. */
function explain({ name, state, lastState }: Container): readonly string[] {
  const { waiting, terminated } = state ?? {};
  const end = terminated ?? lastState?.terminated;
  const ended = end === undefined ? [] : [`${end.reason ?? "ended"}, exit code ${end.exitCode ?? 0}`];
  if (end?.message) ended.push(end.message.trim());
  const wait = waiting?.message ?? (waiting?.reason !== undefined ? waiting.reason : undefined);
  return [
    ...(wait === undefined ? [] : [`Container ${name}: ${wait}`]),
    ...(ended.length === 0 || (end?.exitCode === 0 && wait === undefined)
      ? []
      : [`Container ${name} ${terminated === undefined ? "ended before" : "ended"}: ${ended.join(": ")}`]),
  ];
}

/** For example `0/3 nodes are available: 3 Insufficient cpu.` */
function reasonOfPending({ status }: Pod): string | undefined {
  const scheduled = status?.conditions?.find(({ type }) => type === "PodScheduled");
  return scheduled?.status === "False" ? scheduled.message : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
