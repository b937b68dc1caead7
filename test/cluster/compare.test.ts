import { expect, onTestFinished, test, vi } from "vitest";
import type { Application } from "../../client/src/cluster/argocd/application";
import { type Connection, connect } from "../../client/src/cluster/connection";
import type { KubeObject } from "../../client/src/cluster/kubeObject";
import { apply, planned, run } from "./support/applying";
import { admin } from "./support/cluster";
import { changedLines, compared, differing, kubectlDiff } from "./support/comparing";
import { contextOf } from "./support/context";
import { applyAs, configMap, edit, namespace, workload } from "./support/objects";
import { useCluster } from "./support/useCluster";

const cluster = useCluster();

test("of an object that drifted the diff shows just that, as YAML of both sides", async () => {
  const connection = open();
  await apply(connection, [namespace("drift"), ...workload("drift")]);
  expect(await differing(connection, workload("drift"))).toEqual([]);

  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "drift" } };
  await edit(connection, deployment, { spec: { replicas: 5, revisionHistoryLimit: 3 } });
  const [drifted, ...others] = await differing(connection, workload("drift"));
  expect(others).toEqual([]);
  expect(drifted).toMatchObject({ kind: "Deployment", name: "web", state: "different", notes: [] });
  expect(changedLines(drifted)).toEqual(["-  replicas: 5", "+  replicas: 2"]);
  expect(kubectlDiff(cluster(), workload("drift"))).toEqual(changedLines(drifted));
});

test("what was applied before and is not written any more differs, whether kubectl or Argo CD applied it, here or on the server", async () => {
  const connection = open();
  await apply(connection, [namespace("removed")]);
  const now = configMap("removed", "ours");
  const before = { ...now, data: { ...now.data, old: "1" } };
  await apply(connection, [before]);
  const byArgocd = { ...before, metadata: { name: "argocd", namespace: "removed" } };
  await applyAs(connection, byArgocd, "argocd-controller");
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(before) };
  const byKubectl = { ...before, metadata: { name: "kubectl", namespace: "removed", annotations } };
  await applyAs(connection, byKubectl, "kubectl-client-side-apply");
  const byOthers = { ...before, metadata: { name: "others", namespace: "removed" } };
  await applyAs(connection, byOthers, "somebody");

  const named = (name: string): KubeObject => ({ ...now, metadata: { name, namespace: "removed" } });
  const found = await compared(connection, [now, named("argocd"), named("kubectl"), named("others")]);
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "ours different",
    "argocd different",
    "kubectl different",
    "others same",
  ]);
  for (const each of found.slice(0, 3)) expect(changedLines(each)).toEqual(['-  old: "1"']);
});

test("ignoreDifferences of the Application count, hooks are left alone, and what nobody renders any more is listed", async () => {
  const connection = open();
  await apply(connection, [namespace("ignored"), ...workload("ignored"), configMap("ignored", "old")]);
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "ignored" } };
  await edit(connection, deployment, { spec: { replicas: 5 } });
  const hook = configMap("ignored", "hook");
  const objects = [
    ...workload("ignored"),
    { ...hook, metadata: { ...hook.metadata, annotations: { "argocd.argoproj.io/hook": "PreSync" } } },
  ];
  const ignoreDifferences = [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] }];
  const application = {
    metadata: { name: "ignored", namespace: "argocd" },
    spec: { ignoreDifferences },
    status: {
      resources: [
        { version: "v1", kind: "ConfigMap", name: "old", namespace: "ignored", requiresPruning: true },
        { version: "v1", kind: "ConfigMap", name: "of-a-chart", namespace: "ignored", status: "Synced" },
      ],
    },
  } as Application;
  const all = await compared(connection, objects, { application });
  expect(all.map(({ kind, name, state }) => `${kind} ${name} ${state}`)).toEqual([
    "Deployment web same",
    "Service web same",
    "Secret web same",
    "ConfigMap hook hook",
    "ConfigMap old onlyCluster",
    "ConfigMap of-a-chart unknown",
  ]);
  const part = await compared(connection, objects, { application, isPartial: true });
  expect(part.map(({ name }) => name).slice(-2)).toEqual(["hook", "old"]);
});

test("a value of a Secret is in nothing that we show, whether it is the same, another, refused or left behind by kubectl apply", async () => {
  const connection = open();
  const values = ["hunter2-live", "hunter3-file", "hunter4-text", "hunter5-last"];
  const encoded = values.map((value) => Buffer.from(value).toString("base64"));
  const secret = (password: string | undefined, more: object = {}): KubeObject & object => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "web", namespace: "secrets" },
    ...{ data: { password, same: encoded[0] } },
    ...more,
  });
  await apply(connection, [namespace("secrets"), secret(encoded[0])]);
  const old = JSON.stringify(secret(encoded[3], { stringData: { gone: values[3] } }));
  await edit(connection, secret(""), {
    metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": old } },
  });

  const desired = secret(encoded[1], { stringData: { more: values[2] } });
  const [differs] = await differing(connection, [desired]);
  expect(changedLines(differs)).toEqual([
    "-  password: ++++++++",
    "+  more: ++++++++",
    "+  password: ++++++++ (changed)",
  ]);

  const wrong = secret(encoded[1], { data: { password: values[1], number: 123456789 } });
  const refused = await planned(connection, [
    wrong,
    secret(undefined, { metadata: { name: "other", namespace: "nowhere" } }),
  ]);
  expect(refused.objects.map(({ state }) => state)).toEqual(["failed", "failed"]);
  const results = await run(connection, refused);
  const shown = JSON.stringify([
    differs,
    await compared(connection, [wrong, secret(encoded[0])]),
    refused.objects.map(({ message, warnings }) => [message, warnings]),
    results.map(({ message, warnings }) => [message, warnings]),
  ]);
  for (const value of [...values, ...encoded, "123456789"]) expect(shown).not.toContain(value);
  expect(shown).toContain("++++++++");
});

test("an API of the cluster that does not answer is told of its objects alone, and the others are compared and planned", async () => {
  const connection = open();
  const service = { namespace: "default", name: "nobody" };
  const spec = { group: "silent.example.com", version: "v1", service, groupPriorityMinimum: 1, versionPriority: 1 };
  const path = "/apis/apiregistration.k8s.io/v1/apiservices";
  const body = {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    spec: { ...spec, insecureSkipTLSVerify: true },
  };
  await connection.get({ method: "POST", path, body: { ...body, metadata: { name: "v1.silent.example.com" } } });
  onTestFinished(async () => {
    await connection.get({ method: "DELETE", path: `${path}/v1.silent.example.com` });
  });
  // The API server hears of it some moments later.
  await vi.waitFor(
    () => expect(connection.get({ path: "/apis/silent.example.com/v1" })).rejects.toMatchObject({ kind: "busy" }),
    90_000,
  );
  const silent = { apiVersion: "silent.example.com/v1", kind: "Quiet", metadata: { name: "q", namespace: "default" } };
  const objects = [configMap("default", "heard"), silent];
  const found = await compared(connection, objects);
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual(["heard onlyFiles", "q unread"]);
  const { objects: plans } = await planned(connection, objects);
  expect(plans.map(({ object, state }) => `${object.metadata.name} ${state}`)).toEqual(["heard created", "q failed"]);
  expect(plans[1]?.message).toMatch(/^It could not be read: /);
});

function open(): Connection {
  const made = connect(contextOf(cluster(), admin));
  onTestFinished(() => made.close());
  return made;
}
