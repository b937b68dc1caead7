import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../client/src/cluster/clock";
import { type ClusterContext, mergeKubeconfigs } from "../../../client/src/cluster/kubeconfig";
import { OpenClusters } from "../../../client/src/cluster/openClusters";

test("a context that leads to another server has nothing of the former one; with another token it keeps what is known", async () => {
  const [one, other] = [await startServer(listBook), await startServer(() => {})];
  const clusters = new OpenClusters({ clock: systemClock, namespaces: () => [] });
  onTestFinished(() => clusters.dispose());
  const known = (): readonly string[] => [...(clusters.find("shop")?.applications.keys() ?? [])];
  clusters.open(contextTo(one, "ada"));
  await expect.poll(() => known()).toEqual(["argocd/book"]);
  clusters.update([contextTo(one, "eve")]);
  expect(clusters.find("shop")?.state).toBe("opening");
  expect(known()).toEqual(["argocd/book"]);
  const told: string[] = [];
  clusters.onDidChange(({ applications }) => told.push(...applications));
  clusters.update([contextTo(other, "eve")]);
  expect(known()).toEqual([]);
  expect(told).toEqual(["argocd/book"]);
});

/** One Application in each list; watches tell nothing. */
function listBook(url: string, response: ServerResponse): void {
  if (url.includes("watch=true")) response.writeHead(200).flushHeaders();
  else if (!url.includes("/applications")) response.writeHead(404).end("{}");
  else {
    const items = [{ metadata: { name: "book", namespace: "argocd", resourceVersion: "1" } }];
    response.end(JSON.stringify({ metadata: { resourceVersion: "1" }, items }));
  }
}

async function startServer(answer: (url: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer(({ url = "" }, response) => answer(url, response));
  await new Promise<void>((finish) => server.listen(0, "127.0.0.1", finish));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function contextTo(server: string, user: string): ClusterContext {
  const text = `
clusters: [{ name: shop, cluster: { server: "${server}" } }]
users: [{ name: ${user}, user: {} }]
contexts: [{ name: shop, context: { cluster: shop, user: ${user} } }]
`;
  const [context] = mergeKubeconfigs([{ path: "/home/ada/.kube/config", text }]).contexts;
  if (context === undefined) throw new Error("The kubeconfig has no context.");
  return context;
}
