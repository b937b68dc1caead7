import { describe, expect, test } from "vitest";
import { builtinSchema } from "../../../../server/src/kustomize/merge/mergeSchema";
import { mergeStrategically } from "../../../../server/src/kustomize/merge/strategicMerge";
import { getIn, type Mapping, type Node } from "../../../../server/src/yaml/node";
import { readDocuments } from "../../../../server/src/yaml/read";

function read(path: string, text: string): Mapping {
  const root = readDocuments({ path, text })[0]?.root;
  if (root?.kind !== "mapping") throw new Error("no mapping");
  return root;
}

const target = read(
  "/deployment.yaml",
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  template:
    spec:
      containers:
      - {name: web, image: "nginx:1"}
      - {name: side, image: busybox}
`,
);
const patch = read(
  "/patch.yaml",
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  paused: true
  template:
    spec:
      containers:
      - {name: web, image: "nginx:2"}
`,
);
const cause = { transformer: "patches", place: patch.origin.place, path: "/patches/0" };
const merged = mergeStrategically(target, patch, builtinSchema(), cause);

function written(node: Node | undefined): string | undefined {
  const place = node?.origin.place;
  return place && `${place.file.path} ${place.file.text.slice(place.start, place.end)}`;
}

describe("the origin of a merged value", () => {
  test("a replaced value comes from the patch and knows the value before", () => {
    const replicas = getIn(merged, ["spec", "replicas"]);
    expect(written(replicas)).toBe("/patch.yaml 3");
    expect(replicas?.origin.change?.path).toBe("/patches/0");
    expect(written(replicas?.origin.change?.before)).toBe("/deployment.yaml 1");
  });

  test("a new value has no value before", () => {
    const paused = getIn(merged, ["spec", "paused"]);
    expect(written(paused)).toBe("/patch.yaml true");
    expect(paused?.origin.change).toBeDefined();
    expect(paused?.origin.change?.before).toBeUndefined();
  });

  test("an element is found by its name", () => {
    const image = getIn(merged, ["spec", "template", "spec", "containers", 0, "image"]);
    expect(written(image)).toBe('/patch.yaml "nginx:2"');
    expect(written(image?.origin.change?.before)).toBe('/deployment.yaml "nginx:1"');
  });

  test("what the patch does not speak of is shared", () => {
    const path = ["spec", "template", "spec", "containers", 1];
    expect(getIn(merged, path)).toBe(getIn(target, path));
  });

  test("a patch that says nothing new changes nothing but places", () => {
    const same = read("/same.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
    expect(getIn(mergeStrategically(target, same, builtinSchema(), cause), ["spec"])).toBe(getIn(target, ["spec"]));
  });
});
