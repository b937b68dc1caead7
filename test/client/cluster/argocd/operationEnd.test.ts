import { expect, test } from "vitest";
import type { Application, OperationState } from "../../../../client/src/cluster/argocd/application";
import { followOperation } from "../../../../client/src/cluster/argocd/operationEnd";

function application(operationState?: OperationState, isAsked = false, uid = "1"): Application {
  const metadata = { name: "book-dev", namespace: "argocd", uid };
  return { metadata, status: { operationState }, ...(isAsked && { operation: { sync: {} } }) };
}

const former: OperationState = { phase: "Failed", startedAt: "10:00", finishedAt: "10:01" };
const running: OperationState = { phase: "Running", startedAt: "11:00" };
const done: OperationState = { phase: "Succeeded", startedAt: "11:00", finishedAt: "11:02" };

test("a sync ends when Argo CD took it away and left a result", () => {
  const follow = followOperation(application(former, true));
  expect(follow(application(former, true))).toBeUndefined();
  expect(follow(application(running, true))).toBeUndefined();
  expect(follow(application(done))).toEqual({ type: "ended", state: done });
});

test("a state from before the sync was asked for says nothing", () => {
  const follow = followOperation(application(former, true));
  expect(follow(application(former))).toBeUndefined();
  expect(follow(application(done))).toEqual({ type: "ended", state: done });
});

test("a first sync that is over at once has an end too", () => {
  expect(followOperation(application(undefined, true))(application(done))).toEqual({ type: "ended", state: done });
});

test("a sync that someone takes back before Argo CD begins is withdrawn", () => {
  const follow = followOperation(application(former, true));
  expect(follow(application(former, true))).toBeUndefined();
  expect(follow(application(former))).toEqual({ type: "withdrawn" });
});

test("an Application that is deleted, or is another of the same name, has no operation any more", () => {
  expect(followOperation(application(former, true))(undefined)).toEqual({ type: "deleted" });
  expect(followOperation(application(former, true))(application(done, false, "2"))).toEqual({ type: "deleted" });
});
