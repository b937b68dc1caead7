import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { connectArgocdServer } from "../../../client/src/cluster/argocd/argocdServer";
import { connect } from "../../../client/src/cluster/connection";
import { mergeKubeconfigs } from "../../../client/src/cluster/kubeconfig";

const request = { path: "/api/v1/stream/applications", timeout: 600_000 };

test("what an Argo CD server was asked before the machine slept is given up at once, and what it is asked later is not", async () => {
  const { url, asked } = await silentServer();
  const wake = sleepingMachine();
  const server = connectArgocdServer({ url });
  onTestFinished(() => server.close());
  const message = `${new URL(url).host} cannot be reached: the connection was cut off.`;
  const stream = expect(server.stream(request, () => {})).rejects.toMatchObject({ kind: "unreachable", message });
  const write = expect(server.get({ ...request, method: "POST", body: {} })).rejects.toMatchObject({
    message: `${message} It may have been done all the same: look before you try again.`,
  });
  await vi.waitFor(() => expect(asked()).toBe(2), { timeout: 20_000 });
  wake();
  await Promise.all([stream, write]);
  const cancel = new AbortController();
  const later = server.get({ ...request, signal: cancel.signal });
  await vi.waitFor(() => expect(asked()).toBe(3), { timeout: 20_000 });
  expect(server.calls).toBe(1);
  cancel.abort();
  await expect(later).rejects.toMatchObject({ kind: "cancelled" });
});

test("what a cluster was asked before the machine slept is given up at once", async () => {
  const { url, asked } = await silentServer();
  const wake = sleepingMachine();
  const text = [
    `clusters: [{ name: c, cluster: { server: '${url}' } }]`,
    "users: []",
    "contexts: [{ name: dev, context: { cluster: c } }]",
  ].join("\n");
  const [context] = mergeKubeconfigs([{ path: "/config", text }]).contexts;
  if (context === undefined) throw new Error("There is no context.");
  const connection = connect(context);
  onTestFinished(() => connection.close());
  const call = expect(connection.stream(request, () => {})).rejects.toMatchObject({ kind: "unreachable" });
  await vi.waitFor(() => expect(asked()).toBe(1), { timeout: 20_000 });
  wake();
  await call;
});

/** Lets an hour go by in which nothing ran. */
function sleepingMachine(): () => void {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return () => {
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(5_000);
  };
}

/** One that takes every call and answers nothing. */
async function silentServer(): Promise<{ readonly url: string; readonly asked: () => number }> {
  let count = 0;
  const server = createServer(() => void count++);
  await new Promise<void>((finish) => server.listen(0, "127.0.0.1", finish));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => count };
}
