import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../client/src/cluster/kubeObject";
import { containersOf, stateOfPod } from "../../../client/src/cluster/podState";

function pod(status: object, more: Partial<KubeObject["metadata"]> = {}): KubeObject {
  return { metadata: { name: "web", ...more }, status };
}

const running = { name: "app", ready: true, restartCount: 0, state: { running: {} } };
const lastState = { terminated: { reason: "Error", exitCode: 1 } };
const crashing = {
  ...{ name: "app", ready: false, restartCount: 5, lastState },
  state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed container" } },
};

describe("a Pod", () => {
  test("that runs says how many of its containers are ready", () => {
    const state = stateOfPod(pod({ phase: "Running", containerStatuses: [running, { ...running, restartCount: 1 }] }));
    expect(state).toEqual({ health: "Healthy", words: ["Running", "2 of 2 ready", "1 restart"], why: [] });
  });

  test("that crashes says so, and how its container ended before", () => {
    expect(stateOfPod(pod({ phase: "Running", containerStatuses: [crashing] }))).toEqual({
      health: "Degraded",
      words: ["CrashLoopBackOff", "0 of 1 ready", "5 restarts"],
      why: [
        "Container app: back-off 5m0s restarting failed container",
        "Container app ended before: Error, exit code 1",
      ],
    });
  });

  test("whose image cannot be pulled says why, also before its containers", () => {
    const waiting = { reason: "ImagePullBackOff", message: 'Back-off pulling image "web:1"' };
    const container = { name: "app", ready: false, state: { waiting } };
    const state = stateOfPod(
      pod({ phase: "Pending", initContainerStatuses: [container], containerStatuses: [container] }),
    );
    expect(state).toMatchObject({ health: "Degraded", words: ["Init:ImagePullBackOff", "0 of 1 ready"] });
    expect(state.why).toEqual(['Container app: Back-off pulling image "web:1"']);
  });

  test("that no node takes says why it is pending", () => {
    const message = "0/3 nodes are available: 3 Insufficient cpu.";
    const conditions = [{ type: "PodScheduled", status: "False", message }];
    expect(stateOfPod(pod({ phase: "Pending", conditions }))).toEqual({
      ...{ health: "Progressing", words: ["Pending"], why: [message] },
    });
  });

  test("that begins, ends or was evicted", () => {
    const creating = { name: "app", state: { waiting: { reason: "ContainerCreating" } } };
    expect(stateOfPod(pod({ phase: "Pending", containerStatuses: [creating] }))).toMatchObject({
      ...{ health: "Progressing", words: ["Pending", "0 of 1 ready"] },
    });
    expect(stateOfPod(pod({ phase: "Succeeded" }))).toEqual({ health: "Healthy", words: ["Completed"] });
    const evicted = { phase: "Failed", reason: "Evicted", message: "The node was low on memory." };
    expect(stateOfPod(pod(evicted))).toMatchObject({ health: "Degraded", words: ["Evicted"] });
    const gone = pod({ phase: "Running" }, { deletionTimestamp: "2026-01-01T00:00:00Z" });
    expect(stateOfPod(gone)).toMatchObject({ words: ["Terminating"] });
    const killed = { name: "app", state: { terminated: { reason: "OOMKilled", exitCode: 137 } } };
    expect(stateOfPod(pod({ phase: "Running", containerStatuses: [killed] }))).toMatchObject({
      ...{ health: "Degraded", words: ["OOMKilled", "0 of 1 ready"] },
    });
    expect(stateOfPod({ metadata: { name: "new" } })).toMatchObject({ words: ["Unknown"] });
  });

  test("has containers that say how they are", () => {
    const done = { name: "prepare", state: { terminated: { exitCode: 0, reason: "Completed" } } };
    const containers = containersOf(pod({ initContainerStatuses: [done], containerStatuses: [crashing, running] }));
    expect(containers.map(({ name, health, words }) => [name, health, ...words])).toEqual([
      ["prepare", "Healthy", "init container", "Completed"],
      ["app", "Degraded", "container", "CrashLoopBackOff", "5 restarts"],
      ["app", "Healthy", "container", "Running"],
    ]);
  });
});
