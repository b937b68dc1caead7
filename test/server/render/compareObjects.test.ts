import { describe, expect, test } from "vitest";
import { parseComparisonSettings } from "../../../server/src/argocd/comparisonSettings";
import { parseIgnoreRules } from "../../../server/src/argocd/ignoreDifferences";
import type { Json, JsonMap } from "../../../server/src/kubernetes/json";
import { compareObjects, differencePointers, type ObjectPair } from "../../../server/src/render/compareObjects";

/** A Deployment in a cluster: what was written, and what the API server and others made of it. */
const live: JsonMap = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name: "web",
    namespace: "shop",
    uid: "1-2-3",
    generation: 4,
    labels: { app: "web", "app.kubernetes.io/instance": "shop-dev" },
    annotations: { "argocd.argoproj.io/tracking-id": "shop-dev:apps/Deployment:shop/web" },
    managedFields: [
      { manager: "hpa", operation: "Update", fieldsV1: { "f:spec": { "f:replicas": {} } } },
      {
        manager: "injector",
        operation: "Apply",
        fieldsV1: { "f:spec": { "f:containers": { 'k:{"name":"web"}': { ".": {}, "f:image": {} } } } },
      },
    ],
  },
  spec: {
    replicas: 3,
    strategy: "default",
    containers: [
      { name: "proxy", image: "proxy:1" },
      { name: "web", image: "web:1", cpu: "x", resources: { limits: { cpu: "1", memory: "1Gi" } } },
    ],
  },
  status: { ready: true },
};

const written: JsonMap = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", labels: { app: "web" }, annotations: {} },
  spec: {
    replicas: 3,
    containers: [{ name: "web", image: "web:1", resources: { limits: { memory: "1024Mi", cpu: "1000m" } } }],
  },
};

describe("without the API server's word only what is written counts", () => {
  test("defaults, what others added, other words for a quantity and the marks of Argo CD are no differences", () => {
    expect(differences({ written, live })).toEqual([]);
  });
  test("a written value that is another is one, and nothing else", () => {
    const changed = change(written, (spec) => ({ ...spec, replicas: 2 }));
    expect(differences({ written: changed, live })).toEqual(["/spec/replicas"]);
  });
  test("what was applied before and is not written any more is one", () => {
    const before = change(written, (spec) => ({ ...spec, strategy: "default" }));
    expect(differences({ written, live: withLastApplied(live, before) })).toEqual(["/spec/strategy"]);
  });
});

describe("with the API server's word", () => {
  test("the status, bookkeeping and the order of keys are no differences", () => {
    const predicted = { spec: live["spec"] ?? null, ...live, status: {}, metadata: { name: "web", generation: 5 } };
    const alone = { ...live, metadata: { uid: "1", name: "web" } };
    expect(differences({ written, live: alone, predicted })).toEqual([]);
  });
  test("an item of a list that was applied before and is not written any more is taken away", () => {
    const proxy = { name: "proxy", image: "proxy:1" };
    const before = change(written, (spec) => ({ ...spec, containers: [proxy, ...(spec["containers"] as Json[])] }));
    const known = withLastApplied(live, before);
    expect(differences({ written, live: known, predicted: known })).toEqual(["/spec/containers"]);
    expect(differences({ written, live, predicted: live })).toEqual([]);
  });
});

test("the empty annotations that kubectl apply writes down take nothing away, and of a map only what was applied goes", () => {
  const noted = (object: JsonMap): JsonMap => ({
    ...object,
    metadata: { name: "web", annotations: { "deployment.kubernetes.io/revision": "1", mine: "2" } },
  });
  const before = { ...written, metadata: { name: "web", annotations: {} } };
  const known = (text: JsonMap): JsonMap => {
    const { metadata } = noted(live) as { metadata: { annotations: JsonMap } };
    const annotation = { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(text) };
    return { ...live, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotation } } };
  };
  const bare = { ...written, metadata: { name: "web" } };
  expect(differences({ written: bare, live: known(before), predicted: known(before) })).toEqual([]);
  expect(differences({ written: bare, live: known(before) })).toEqual([]);
  const applied = { ...before, metadata: { name: "web", annotations: { mine: "2" } } };
  expect(differences({ written: bare, live: known(applied), predicted: known(applied) })).toEqual([
    "/metadata/annotations/mine",
  ]);
  expect(differences({ written: bare, live: known(applied) })).toEqual(["/metadata/annotations"]);
});

describe("ignoreDifferences", () => {
  const predicted = change(live, (spec) => ({
    ...spec,
    replicas: 1,
    containers: [
      { name: "web", image: "web:2" },
      { name: "proxy", image: "proxy:1" },
    ],
  }));
  const pair = { written, live: change(live, (spec) => ({ ...spec, containers: [{ name: "web", image: "web:1" }] })) };
  const other = {
    ...pair,
    predicted: change(predicted, (spec) => ({ ...spec, containers: [{ name: "web", image: "web:2" }] })),
  };

  test("without, all of it differs", () => {
    expect(differences(other)).toEqual(["/spec/replicas", "/spec/containers/0/image"]);
  });
  test.each([
    [{ jsonPointers: ["/spec/replicas"] }, ["/spec/containers/0/image"]],
    [{ jqPathExpressions: ['.spec.containers[] | select(.name == "web") | .image'] }, ["/spec/replicas"]],
    [{ managedFieldsManagers: ["hpa"] }, ["/spec/containers/0/image"]],
    [{ managedFieldsManagers: ["hpa", "injector"] }, []],
    [{ name: "other", jsonPointers: ["/spec"] }, ["/spec/replicas", "/spec/containers/0/image"]],
    [{ group: "", jsonPointers: ["/spec"] }, ["/spec/replicas", "/spec/containers/0/image"]],
    [{ group: "*", kind: "*", jsonPointers: ["/spec"] }, []],
  ])("%j leaves %j", (rule, left) => {
    expect(differences(other, [{ group: "apps", kind: "Deployment", ...rule }])).toEqual(left);
  });
  test("says which expressions it does not honour, of this object only", () => {
    const rules = [
      { group: "apps", kind: "Deployment", jqPathExpressions: ["..", ".spec.replicas"] },
      { group: "", kind: "Service", jqPathExpressions: [".a, .b"] },
    ];
    expect(compareObjects(other, { ignored: parseIgnoreRules(rules) }).notHonoured).toEqual([".."]);
  });
});

describe("what the Argo CD says for all Applications", () => {
  const settled = (pair: ObjectPair, data: Readonly<Record<string, string>>): readonly string[] => {
    const settings = parseComparisonSettings(new Map(Object.entries(data)));
    return differencePointers(compareObjects(pair, { application: "shop-dev", ignored: [], settings }));
  };
  const labelled = (label: string, value: string): JsonMap => ({
    ...live,
    metadata: { name: "web", labels: { [label]: value } },
  });

  test("is ignored of a kind", () => {
    const predicted = change(live, (spec) => ({ ...spec, replicas: 1 }));
    const rule = { "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers: [/spec/replicas]" };
    expect(settled({ written, live, predicted }, {})).toEqual(["/spec/replicas"]);
    expect(settled({ written, live, predicted }, rule)).toEqual([]);
  });
  test("is a label of its own that Argo CD writes over what the files say", () => {
    const pair = { written, live: labelled("team/app", "shop-dev"), predicted: labelled("team/app", "other") };
    const key = { "application.instanceLabelKey": "team/app" };
    expect(settled(pair, key)).toEqual(["/metadata/labels"]);
    expect(settled(pair, { ...key, "application.resourceTrackingMethod": "label" })).toEqual([]);
  });
  test.each([
    [undefined, [], []],
    ["all", [], []],
    ["crd", ["/status/phase"], []],
    ["none", ["/status/phase"], ["/status/phase"]],
    ["off", ["/status/phase"], ["/status/phase"]],
    ["'false'", ["/status/phase"], ["/status/phase"]],
    ["maybe", [], []],
  ])("is whether the status that the files say counts: %s", (value, ofShelf, ofDefinition) => {
    const data: Record<string, string> =
      value === undefined ? {} : { "resource.compareoptions": `ignoreResourceStatusField: ${value}` };
    const pairOf = (apiVersion: string, kind: string): ObjectPair => {
      const object = { apiVersion, kind, metadata: { name: "a" } };
      const now = { ...object, status: { phase: "Ready", observed: 3 } };
      // The API server leaves the status as it is, whatever the files say.
      return { written: { ...object, status: { phase: "New" } }, live: now, predicted: now };
    };
    const shelf = pairOf("books.example.com/v1", "Shelf");
    expect(settled(shelf, data)).toEqual(ofShelf);
    expect(settled({ ...shelf, predicted: undefined }, data)).toEqual(ofShelf);
    expect(settled(pairOf("apiextensions.k8s.io/v1", "CustomResourceDefinition"), data)).toEqual(ofDefinition);
  });
  test("is no difference in a status of which the files say nothing, or just that", () => {
    const none = { "resource.compareoptions": "ignoreResourceStatusField: none" };
    expect(settled({ written, live, predicted: { ...live, status: { ready: false } } }, none)).toEqual([]);
    for (const status of [{}, null, { ready: true }]) {
      expect(settled({ written: { ...written, status }, live, predicted: live }, none)).toEqual([]);
      expect(settled({ written: { ...written, status }, live }, none)).toEqual([]);
    }
    const rule = { ...none, "resource.customizations.ignoreDifferences.all": "jsonPointers: [/status/ready]" };
    const other = { ...written, status: { ready: false } };
    expect(settled({ written: other, live, predicted: live }, none)).toEqual(["/status/ready"]);
    expect(settled({ written: other, live, predicted: live }, rule)).toEqual([]);
  });
  test("are the rules of roles that others make", () => {
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", aggregationRule: {} };
    const pair = { written: role, live: { ...role, rules: [{ verbs: ["get"] }] }, predicted: { ...role, rules: [] } };
    expect(settled(pair, {})).toEqual(["/rules"]);
    expect(settled(pair, { "resource.compareoptions": "ignoreAggregatedRoles: true" })).toEqual([]);
  });
});

test("keys that JavaScript's own objects have are ordinary keys", () => {
  const strange = JSON.parse('{"data": {"__proto__": "1", "constructor": "2"}}') as JsonMap;
  const changed = JSON.parse('{"data": {"__proto__": "1"}}') as JsonMap;
  expect(differences({ written: strange, live: strange, predicted: strange })).toEqual([]);
  expect(differences({ written: strange, live: changed, predicted: strange })).toEqual(["/data/constructor"]);
  expect(differences({ written: strange, live: changed })).toEqual(["/data/constructor"]);
});

function differences(pair: ObjectPair, ignored: Json = []): readonly string[] {
  return differencePointers(compareObjects(pair, { application: "shop-dev", ignored: parseIgnoreRules(ignored) }));
}

function change(object: JsonMap, edit: (spec: JsonMap) => JsonMap): JsonMap {
  return { ...object, spec: edit(object["spec"] as JsonMap) };
}

function withLastApplied(object: JsonMap, before: JsonMap): JsonMap {
  const annotation = { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(before) };
  return { ...object, metadata: { ...(object["metadata"] as JsonMap), annotations: annotation } };
}
