import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Connection, connect } from "../../../client/src/cluster/connection";
import { mergeKubeconfigs } from "../../../client/src/cluster/kubeconfig";
import { temporaryFolder } from "../../support/temporaryFolder";

/** A connection for which one signs in by a program that makes `file`, and gives no token. */
function connectBy(file: string): Connection {
  const exec = `{ apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: touch, args: ['${file}'] }`;
  const text = [
    "clusters: [{ name: c, cluster: { server: 'https://127.0.0.1:1' } }]",
    `users: [{ name: u, user: { exec: ${exec} } }]`,
    "contexts: [{ name: dev, context: { cluster: c, user: u } }]",
  ].join("\n");
  const [context] = mergeKubeconfigs([{ path: "/config", text }]).contexts;
  if (context === undefined) throw new Error("There is no context.");
  return connect(context);
}

test("a call that is over before it begins runs no program", async () => {
  const folder = temporaryFolder({});
  const [unwanted, wanted] = [join(folder, "unwanted"), join(folder, "wanted")];
  const connection = connectBy(unwanted);
  const cancelled = connection.get({ path: "/version", signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ kind: "cancelled" });
  connection.close();
  await expect(connection.get({ path: "/version" })).rejects.toMatchObject({ kind: "cancelled" });
  // By now one that had been started would have ended too.
  const other = connectBy(wanted);
  await expect(other.get({ path: "/version" })).rejects.toMatchObject({ kind: "signIn" });
  other.close();
  expect([existsSync(unwanted), existsSync(wanted)]).toEqual([false, true]);
});
