import { AuthorizationV1Api, CoreV1Api, CustomObjectsApi, VersionApi } from "@kubernetes/client-node";
import { expect, test } from "vitest";
import { admin, type Identity } from "./support/cluster";
import { kubeconfigOf } from "./support/kubeconfig";
import { useCluster } from "./support/useCluster";
import { versions } from "./support/versions";

const guest: Identity = { name: "guest", token: "token-of-guest" };
const cluster = useCluster([guest]);

test("the API server is the real one, and knows the kinds of Argo CD and Tekton", async () => {
  const config = kubeconfigOf(cluster(), admin);
  expect((await config.makeApiClient(VersionApi).getCode()).gitVersion).toBe(`v${versions.kubernetes}`);
  const api = config.makeApiClient(CustomObjectsApi);
  for (const [group, version, plural] of [
    ["argoproj.io", "v1alpha1", "applications"],
    ["tekton.dev", "v1", "pipelineruns"],
  ] as const) {
    expect(await api.listClusterCustomObject({ group, version, plural })).toMatchObject({ items: [] });
  }
});

test("rights count: a guest may ask for them, and do nothing else", async () => {
  const config = kubeconfigOf(cluster(), guest);
  await expect(config.makeApiClient(CoreV1Api).listNamespace()).rejects.toMatchObject({ code: 403 });
  const review = await config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview({
    body: { spec: { resourceAttributes: { verb: "patch", group: "argoproj.io", resource: "applications" } } },
  });
  expect(review.status?.allowed).toBe(false);
});

test("an API server that crashed comes back with what it knew", async () => {
  const name = "kept";
  const api = kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
  await api.createNamespace({ body: { metadata: { name } } });
  await cluster().restart();
  expect((await api.readNamespace({ name })).metadata?.name).toBe(name);
});
