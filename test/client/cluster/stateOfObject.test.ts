import { expect, test } from "vitest";
import { stateOfObject } from "../../../client/src/cluster/stateOfObject";

test.each([
  ["ReplicaSet", { replicas: 3 }, { readyReplicas: 2 }, "Progressing", "2 of 3 ready"],
  ["ReplicaSet", { replicas: 0 }, {}, "Healthy", "scaled to 0"],
  ["DaemonSet", {}, { desiredNumberScheduled: 2, numberReady: 2 }, "Healthy", "2 of 2 ready"],
  [
    "Job",
    { completions: 2 },
    { succeeded: 1, active: 1, failed: 1 },
    "Progressing",
    "1 of 2 done, 1 running, 1 failed",
  ],
  ["Job", {}, { conditions: [{ type: "Complete", status: "True" }] }, "Healthy", "Complete"],
  [
    "TaskRun",
    {},
    { conditions: [{ type: "Succeeded", status: "Unknown", reason: "Running" }] },
    "Progressing",
    "Running",
  ],
  ["Certificate", {}, { conditions: [{ type: "Ready", status: "False", reason: "Issuing" }] }, "Degraded", "Issuing"],
  ["Thing", {}, { phase: "Bound" }, "", "Bound"],
  ["Thing", undefined, undefined, "", ""],
])("a %s with %j and %j", (kind, spec, status, health, words) => {
  const state = stateOfObject(kind, { metadata: { name: "a" }, spec, status });
  expect([state.health, state.words.join(", ")]).toEqual([health, words]);
});

test("an object that failed says why", () => {
  const failed = {
    type: "Failed",
    status: "True",
    reason: "BackoffLimitExceeded",
    message: "Job has reached its limit",
  };
  const job = { metadata: { name: "a" }, status: { conditions: [failed] } };
  expect(stateOfObject("Job", job)).toEqual({
    ...{ health: "Degraded", words: ["BackoffLimitExceeded"], why: ["Job has reached its limit"] },
  });
  const quota = { type: "ReplicaFailure", status: "True", message: "exceeded quota" };
  const set = { metadata: { name: "a" }, spec: { replicas: 1 }, status: { conditions: [quota] } };
  expect(stateOfObject("ReplicaSet", set)).toMatchObject({ health: "Degraded", why: ["exceeded quota"] });
});
