import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Connection, connect } from "../../../client/src/cluster/connection";
import { mergeKubeconfigs } from "../../../client/src/cluster/kubeconfig";
import { temporaryFolder } from "../../support/temporaryFolder";

/** A connection for which one signs in by a program that makes `file`, and gives no token. */
function connectBy(file: string): Connection {
  const exec = `{ apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: touch, args: ['${file}'] }`;
  return connectAs(`exec: ${exec}`);
}

function connectAs(user: string): Connection {
  const text = [
    "clusters: [{ name: c, cluster: { server: 'https://127.0.0.1:1' } }]",
    `users: [{ name: ada, user: { ${user} } }]`,
    "contexts: [{ name: dev, context: { cluster: c, user: ada } }]",
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

const noMore = (name: string): string =>
  `'ada' signs in by the auth-provider '${name}', which kubectl does not have any more either`;

test.each([
  ["gcp", `${noMore("gcp")}. Install gke-gcloud-auth-plugin and run 'gcloud container clusters get-credentials'.`],
  ["azure", `${noMore("azure")}. Install Azure's kubelogin and run 'kubelogin convert-kubeconfig'.`],
  ["openstack", `${noMore("openstack")}. Let a program sign in (exec in the kubeconfig).`],
  [
    "oidc",
    "'/config' has no token of 'ada' yet. kubectl renews the token in '/config' with its next call, which is noticed here. A program that signs in, such as kubelogin (https://github.com/int128/kubelogin), renews it by itself.",
  ],
])("nobody is asked where the auth-provider %s is to sign in, and the next step is told", async (name, message) => {
  const connection = connectAs(`auth-provider: { name: ${name} }`);
  await expect(connection.get({ path: "/version" })).rejects.toMatchObject({ kind: "signIn", message });
  connection.close();
});
