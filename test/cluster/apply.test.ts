import { join } from "node:path";
import { RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test } from "vitest";
import { planApply } from "../../client/src/cluster/applyPlan";
import { isOpen, runApply } from "../../client/src/cluster/applyRun";
import { systemClock } from "../../client/src/cluster/clock";
import { type Connection, connect } from "../../client/src/cluster/connection";
import type { KubeObject } from "../../client/src/cluster/kubeObject";
import { runBuild } from "../../server/src/render/builds";
import { goJsonText } from "../../server/src/yaml/goJsonText";
import { diskLoader } from "../support/diskLoader";
import { ensureNamespace } from "./support/applications";
import { apply, planned, run, statesOf } from "./support/applying";
import { admin, type Identity } from "./support/cluster";
import { changedLines, compared, comparedTexts, differing, kubectlDiff } from "./support/comparing";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { applyAs, configMap, definition, edit, namespace, read, workload } from "./support/objects";
import { useCluster } from "./support/useCluster";

const reader: Identity = { name: "reader", token: "token-of-reader" };
const cluster = useCluster([reader]);
const signal = new AbortController().signal;
const overlay = join(import.meta.dirname, "../../examples/person-service/config/overlays/dev");

test("applies the example's overlay with its namespace and its custom resources; again it is unchanged", async () => {
  const connection = open();
  const objects = [
    ...example(),
    namespace("book-dev"),
    definition("postgres-operator.crunchydata.com", "v1beta1", "PostgresCluster"),
  ];
  objects.push(definition("route.openshift.io", "v1", "Route"));

  const plan = await planned(connection, objects);
  expect(statesOf(plan)).toEqual({
    "Namespace book-dev": "created",
    "CustomResourceDefinition postgresclusters.postgres-operator.crunchydata.com": "created",
    "CustomResourceDefinition routes.route.openshift.io": "created",
    "ConfigMap person-service-settings": "later",
    "Service person-service": "later",
    "Deployment person-service": "later",
    "Job fill-database": "later",
    "PostgresCluster person-db": "later",
    "Route person-service": "later",
  });
  const results = await run(connection, plan);
  expect(new Set(results.map(({ state }) => state))).toEqual(new Set(["created"]));

  const again = await planned(connection, objects);
  expect(new Set(Object.values(statesOf(again)))).toEqual(new Set(["unchanged"]));
  const versions = await Promise.all(again.objects.map(({ object }) => read(connection, object)));
  await run(connection, again);
  const after = await Promise.all(again.objects.map(({ object }) => read(connection, object)));
  expect(after.map(({ metadata }) => metadata.resourceVersion)).toEqual(
    versions.map(({ metadata }) => metadata.resourceVersion),
  );
  expect(await differing(connection, example())).toEqual([]);
  expect(kubectlDiff(cluster(), example())).toEqual([]);
});

test("a field that somebody else manages is named with its manager, and only taken over when asked", async () => {
  const connection = open();
  await apply(connection, [namespace("conflict"), ...workload("conflict")]);
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "conflict" } };
  await edit(connection, service, { spec: { selector: { app: "other" } } }, "kubectl-edit");

  const plan = await planned(connection, workload("conflict"));
  expect(statesOf(plan)).toMatchObject({ "Service web": "conflict", "Deployment web": "unchanged" });
  const found = plan.objects.find(({ state }) => state === "conflict");
  expect(found?.conflicts).toEqual([{ manager: "kubectl-edit", field: ".spec.selector" }]);

  const left = await run(connection, plan);
  expect(left.find(({ planned }) => planned === found)).toMatchObject({
    state: "skipped",
    message: "Others manage fields that would be set to other values: .spec.selector by kubectl-edit.",
  });
  expect((await read(connection, service)).spec).toMatchObject({ selector: { app: "other" } });
  await runApply(connection, plan.objects, { force: () => true, clock: systemClock, signal });
  expect((await read(connection, service)).spec).toMatchObject({ selector: { app: "web" } });
});

test("of an object that somebody else applied just so, only the management is shared; then there is nothing left to do", async () => {
  const connection = open();
  await apply(connection, [namespace("adopted")]);
  const object = configMap("adopted", "a");
  await applyAs(connection, object, "somebody");
  const plan = await planned(connection, [object]);
  expect(statesOf(plan)).toEqual({ "ConfigMap a": "adopted" });
  expect((await run(connection, plan)).map(({ state }) => state)).toEqual(["adopted"]);
  expect(statesOf(await planned(connection, [object]))).toEqual({ "ConfigMap a": "unchanged" });
});

test("all missing rights are told at once, and nothing is written; the diff goes on with what may be seen", async () => {
  await ensureNamespace(cluster(), "rights");
  await apply(open(), workload("rights"));
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const rules = [
    { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] },
    { apiGroups: [""], resources: ["services"], verbs: ["get", "patch"] },
  ];
  await rbac.createNamespacedRole({ namespace: "rights", body: { metadata: { name: "reader" }, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" };
  const body = { metadata: { name: "reader" }, roleRef, subjects: [{ kind: "User", name: "reader" }] };
  await rbac.createNamespacedRoleBinding({ namespace: "rights", body });

  const connection = open(reader);
  const service = workload("rights").find(({ kind }) => kind === "Service");
  const [deployment, , secret] = workload("rights");
  const more = { ...(service as KubeObject), metadata: { name: "new", namespace: "rights" } };
  const plan = await planned(connection, [...workload("rights"), more]);
  expect(plan.objects).toEqual([]);
  expect(plan.missing.map(({ right }) => `${right.verb} ${right.resource} ${right.namespace}`)).toEqual([
    "patch deployments rights",
    "get secrets rights",
    "patch secrets rights",
    "create secrets rights",
    "create services rights",
  ]);

  await edit(open(), deployment as KubeObject, { spec: { replicas: 7 } });
  const all = await compared(connection, [deployment as KubeObject, service as KubeObject, secret as KubeObject]);
  expect(all.map(({ state }) => state)).toEqual(["different", "same", "unknown"]);
  expect(changedLines(all[0])).toEqual(["-  replicas: 7", "+  replicas: 2"]);
  expect(all[0]?.notes).toEqual([
    "You may not patch deployments, so only the fields that the files set were compared.",
  ]);
  expect(all[2]?.notes).toEqual([expect.stringMatching(/^You may not see it: secrets "web" is forbidden/)]);
});

test("what a Deployment's and a CustomResource's API server warns of is handed on", async () => {
  const connection = open();
  const plan = await planned(connection, [
    namespace("warned"),
    { apiVersion: "v1", kind: "Endpoints", metadata: { name: "old", namespace: "default" } },
  ]);
  expect(plan.objects[1]?.warnings).toEqual([expect.stringMatching(/Endpoints is deprecated/)]);
});

test("an API server that dies in the middle: what was applied is known, the rest is not tried, and a retry applies nothing twice", async () => {
  const connection = open();
  await apply(connection, [namespace("crash")]);
  const objects = ["a", "b", "c", "d", "e"].map((name) => configMap("crash", name));
  const plan = await planned(connection, objects);
  let killed: Promise<void> = Promise.resolve();
  const results = await runApply(connection, plan.objects, {
    force: () => false,
    signal,
    onResult: (_, done) => {
      if (done === 2) killed = cluster().kill();
    },
    clock: systemClock,
  });
  await killed;
  expect(results.slice(0, 2).map(({ state }) => state)).toEqual(["created", "created"]);
  expect(results.at(-1)).toMatchObject({ state: "skipped", message: expect.stringContaining("cannot be reached") });
  expect(results.filter(({ state }) => state === "unknown")).toHaveLength(1);

  await cluster().start();
  const retried = await planned(
    open(),
    results.filter(isOpen).map(({ planned }) => planned.item),
  );
  expect(retried.objects.length).toBe(results.filter(isOpen).length);
  const rest = await run(open(), retried);
  expect(rest.every(({ state }) => state === "created" || state === "unchanged")).toBe(true);
  for (const object of objects) {
    const { metadata } = await read(open(), object);
    const { managedFields = [] } = metadata as { managedFields?: readonly { readonly time: string }[] };
    // Applied once: it is as old as what we manage of it.
    expect(managedFields.map(({ time }) => time)).toEqual([metadata.creationTimestamp]);
  }
});

test("an object with a number that would lose digits is neither sent nor compared", async () => {
  const connection = open();
  const object = JSON.parse(
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"large","namespace":"default"},"data":{"a":"1"}}',
  ) as KubeObject;
  const plan = await planApply(connection, [object], {
    objectOf: (each) => each,
    refuse: () => "It holds 9007199254740993.",
    namespace: "default",
    signal,
  });
  expect(plan.objects).toMatchObject([{ state: "failed", message: "It holds 9007199254740993." }]);
  expect(await run(connection, plan)).toMatchObject([{ state: "failed" }]);
  await expect(read(connection, object)).rejects.toMatchObject({ kind: "notFound" });
  const [found] = await comparedTexts(connection, [JSON.stringify(object).replace('"1"', "9007199254740993")]);
  expect(found).toMatchObject({
    state: "unknown",
    live: "",
    desired: "",
    notes: [expect.stringContaining("9007199254740993")],
  });
});

test("a cancelled apply ends between two objects", async () => {
  const connection = open();
  await apply(connection, [namespace("cancelled")]);
  const plan = await planned(
    connection,
    ["a", "b"].map((name) => configMap("cancelled", name)),
  );
  const cancel = new AbortController();
  const options = { force: () => false, clock: systemClock, signal: cancel.signal, onResult: () => cancel.abort() };
  const results = await runApply(connection, plan.objects, options);
  expect(results.map(({ state }) => state)).toEqual(["created", "skipped"]);
});

/** The objects of the example's overlay, without the hash behind the name of the generated ConfigMap. */
function example(): readonly KubeObject[] {
  const { result } = runBuild(overlay, diskLoader(), { clock: { now: () => 0 } });
  const objects = result.resources.map(({ node }) => JSON.parse(goJsonText(node, "") ?? "") as KubeObject);
  return objects;
}

function open(identity = admin): Connection {
  const made = connect(contextOf(cluster(), identity));
  onTestFinished(() => made.close());
  return made;
}
