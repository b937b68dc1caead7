import { expect, onTestFinished, test } from "vitest";
import type { Application } from "../../client/src/cluster/argocd/application";
import { refresh, setAutoSync, sync, terminate } from "../../client/src/cluster/argocd/operations";
import { type Connection, connect } from "../../client/src/cluster/connection";
import { createApplication, deleteApplication, playController, readApplication } from "./support/applications";
import type { Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { useCluster } from "./support/useCluster";

const ada: Identity = { name: "ada", token: "token-of-ada", groups: ["system:masters"] };
const cluster = useCluster([ada]);
const startedAt = "2026-01-01T00:00:00Z";
const gone = { kind: "notFound", message: "'gone' was deleted in the meantime. Nothing was done." };

test("an operation that a played controller ended while its menu was open is not ended again, and not the next one either", async () => {
  const application = await createApplication(cluster(), "argocd", "late");
  const { operation } = await sync(connection(), application, {}, { by: "ada" });
  const running = { phase: "Running", operation, startedAt, message: "one of two tasks" } as const;
  const seen = await playController(cluster(), application, { status: { operationState: running } });
  const done = { ...running, phase: "Succeeded", finishedAt: startedAt };
  await playController(cluster(), application, { operation: undefined, status: { operationState: done } });
  await staysAsItIs(seen, () => terminate(connection(), seen), {
    kind: "conflict",
    message: "The operation of 'late' went on in the meantime. Look at it and try again.",
  });

  const next = { ...running, startedAt: "2026-01-01T00:05:00Z" };
  await playController(cluster(), application, { operation, status: { operationState: next } });
  await staysAsItIs(seen, () => terminate(connection(), seen), { kind: "conflict" });
});

test("an operation that a played controller began while its menu was open is not taken back as if it waited", async () => {
  const application = await createApplication(cluster(), "argocd", "begun");
  const waiting = await sync(connection(), application, {}, { by: "ada" });
  const operationState = { phase: "Running", operation: waiting.operation, startedAt, message: "" };
  await playController(cluster(), application, { status: { operationState } });
  await staysAsItIs(waiting, () => terminate(connection(), waiting), { kind: "conflict" });
});

test.each([
  ["refreshed", (seen: Application) => refresh(connection(), seen, "hard")],
  ["paused", (seen: Application) => setAutoSync(connection(), seen, false)],
  ["synced", (seen: Application) => sync(connection(), seen, {}, { by: "ada" })],
  ["ended", (seen: Application) => terminate(connection(), { ...seen, operation: { sync: {} } })],
])("an Application that was deleted while its menu was open is not %s, and one asks only once", async (_, deed) => {
  const seen = await createApplication(cluster(), "argocd", "gone");
  await deleteApplication(cluster(), "argocd", "gone");
  const before = cluster().writes("ada").length;
  await expect(deed(seen)).rejects.toMatchObject(gone);
  expect(cluster().writes("ada")).toHaveLength(before + 1);
  await expect(readApplication(cluster(), seen)).rejects.toMatchObject({ code: 404 });
});

test("auto-sync that never was is turned on by an empty entry, and one that somebody paused meanwhile stays paused", async () => {
  const seen = await createApplication(cluster(), "argocd", "manual", {
    spec: { syncPolicy: { syncOptions: ["CreateNamespace=true"] } },
  });
  const now = await setAutoSync(connection(), seen, true);
  expect(now.spec).toEqual({ ...seen.spec, syncPolicy: { syncOptions: ["CreateNamespace=true"], automated: {} } });
  await setAutoSync(connection(), now, false);
  await staysAsItIs(seen, () => setAutoSync(connection(), seen, true), { kind: "conflict" });
  const paused = await readApplication(cluster(), seen);
  expect((await setAutoSync(connection(), paused, true)).spec?.syncPolicy?.automated).toEqual({ enabled: true });
});

/** What is asked for is refused in these words, and etcd holds the same as before. */
async function staysAsItIs(seen: Application, deed: () => Promise<unknown>, words: object): Promise<void> {
  const before = await readApplication(cluster(), seen);
  await expect(deed()).rejects.toMatchObject(words);
  expect(await readApplication(cluster(), seen)).toEqual(before);
}

function connection(): Connection {
  const made = connect(contextOf(cluster(), ada));
  onTestFinished(() => made.close());
  return made;
}
