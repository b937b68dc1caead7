import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test, vi } from "vitest";
import { type ApplyPlan, planApply } from "../../client/src/cluster/applyPlan";
import { isOpen, runApply } from "../../client/src/cluster/applyRun";
import type { Application } from "../../client/src/cluster/argocd/application";
import { systemClock } from "../../client/src/cluster/clock";
import { compareWithCluster, type ObjectComparison } from "../../client/src/cluster/compareWithCluster";
import { type Connection, connect } from "../../client/src/cluster/connection";
import { findResourceType } from "../../client/src/cluster/discovery";
import { type KubeObject, pathOf } from "../../client/src/cluster/kubeObject";
import { applyObject } from "../../client/src/cluster/serverSideApply";
import { compareObjectsFeature } from "../../server/src/features/compareObjects";
import type { RenderedBuild } from "../../server/src/protocol/renderedObjects";
import { runBuild } from "../../server/src/render/builds";
import { goJsonText } from "../../server/src/yaml/goJsonText";
import { diskLoader } from "../support/diskLoader";
import { openEditor } from "../support/editor";
import { getRealKustomize } from "../support/kubectl";
import { ensureNamespace } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf, kubeconfigText } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
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
  expect(kubectlDiff(example())).toEqual([]);
});

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
  expect(kubectlDiff(workload("drift"))).toEqual(changedLines(drifted));
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

/** Everything that a small application needs. */
function workload(namespace: string): readonly KubeObject[] {
  const metadata = { name: "web", namespace };
  const labels = { app: "web" };
  const container = { name: "web", image: "web:1", resources: { limits: { cpu: "1000m", memory: "1024Mi" } } };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const secret = { apiVersion: "v1", kind: "Secret", metadata, stringData: { password: "one" } };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    },
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ports: [{ port: 80 }] } },
    secret,
  ];
}

/** Applies on the server in somebody else's name. */
async function applyAs(connection: Connection, object: KubeObject, manager: string): Promise<void> {
  const type = await findResourceType(connection, object);
  if (type === undefined) throw new Error(`There is no kind ${object.kind}.`);
  await applyObject(connection, type, object, { dryRun: false, force: true, manager });
}

/** What the real kubectl says that applying would change, but for the number that counts changes. */
function kubectlDiff(objects: readonly KubeObject[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-kubectl-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "config"), kubeconfigText(cluster(), admin));
  writeFileSync(join(folder, "list.json"), JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
  const args = ["--kubeconfig", join(folder, "config"), "diff", "--server-side", "--field-manager=gitops-author"];
  const { program } = getRealKustomize();
  const { status, stdout, stderr } = spawnSync(
    program,
    [...args, "--force-conflicts", "-f", join(folder, "list.json")],
    {
      encoding: "utf8",
      timeout: 90_000,
      env: { ...process.env, HOME: folder, KUBECTL_EXTERNAL_DIFF: "diff -u" },
    },
  );
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return stdout.split("\n").filter((line) => /^[-+](?![-+])/.test(line) && !/^. {2}generation:/.test(line));
}

function configMap(namespace: string, name: string): KubeObject & { readonly data: object } {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data: { name } };
}

function namespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function definition(group: string, version: string, kind: string): KubeObject {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}

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

function planned(connection: Connection, items: readonly KubeObject[]): Promise<ApplyPlan<KubeObject>> {
  return planApply(connection, items, { objectOf: (item) => item, namespace: "default", signal });
}

function run(connection: Connection, { objects }: ApplyPlan<KubeObject>): ReturnType<typeof runApply<KubeObject>> {
  return runApply(connection, objects, { force: () => false, clock: systemClock, signal });
}

async function apply(connection: Connection, items: readonly KubeObject[]): Promise<void> {
  const results = await run(connection, await planned(connection, items));
  expect(results.filter(isOpen)).toEqual([]);
}

function statesOf({ objects }: ApplyPlan<KubeObject>): Readonly<Record<string, string>> {
  const withoutHash = (name: string): string => name.replace(/^(person-service-settings)-.*/, "$1");
  return Object.fromEntries(
    objects.map(({ object, state }) => [`${object.kind} ${withoutHash(object.metadata.name)}`, state]),
  );
}

async function read(connection: Connection, object: KubeObject): Promise<KubeObject> {
  const type = await findResourceType(connection, object);
  if (type === undefined) throw new Error(`There is no kind ${object.kind}.`);
  return await connection.get<KubeObject>({ path: pathOf(type, object.metadata.namespace, object.metadata.name) });
}

/** Changes an object as a person would, who takes no care of who manages what. */
async function edit(
  connection: Connection,
  object: KubeObject,
  body: object,
  fieldManager = "kubectl-edit",
): Promise<void> {
  const type = await findResourceType(connection, object);
  if (type === undefined) throw new Error(`There is no kind ${object.kind}.`);
  const path = pathOf(type, object.metadata.namespace, object.metadata.name);
  const contentType = "application/merge-patch+json";
  await connection.get({ method: "PATCH", path, contentType, body, query: { fieldManager } });
}

async function compared(
  connection: Connection,
  objects: readonly KubeObject[],
  options: { readonly application?: Application; readonly isPartial?: boolean } = {},
): Promise<readonly ObjectComparison[]> {
  return await comparedTexts(
    connection,
    objects.map((object) => JSON.stringify(object)),
    options,
  );
}

async function comparedTexts(
  connection: Connection,
  texts: readonly string[],
  options: { readonly application?: Application; readonly isPartial?: boolean } = {},
): Promise<readonly ObjectComparison[]> {
  const source = {
    uri: "file:///ws/a.yaml",
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  };
  const rendered = texts.map((json) => ({ json, source }));
  const build: RenderedBuild = {
    ...{ subject: { root: "file:///ws" }, label: ".", complete: true, problems: [], notes: [] },
    objects: rendered,
  };
  const editor = await openEditor("#- kustomization.yaml\nresources: []\n");
  return await compareWithCluster(connection, [build], {
    namespace: "default",
    ...options,
    signal,
    ask: (parameters) => editor.ask(compareObjectsFeature, { kind: "source", path: "/ws" }, parameters),
  });
}

async function differing(connection: Connection, objects: readonly KubeObject[]): Promise<readonly ObjectComparison[]> {
  return (await compared(connection, objects)).filter(({ state }) => state !== "same");
}

/** The lines that are on one side only, as a diff shows them. */
function changedLines(comparison: ObjectComparison | undefined): readonly string[] {
  const [before, after] = [comparison?.live.split("\n") ?? [], comparison?.desired.split("\n") ?? []];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
}
