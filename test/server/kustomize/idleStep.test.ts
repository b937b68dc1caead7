import { describe, expect, test } from "vitest";
import { BuildCache, build } from "../../../server/src/kustomize/build";
import { createMemoryLoader } from "../../../server/src/workspace/memoryLoader";
import { parseFixture } from "../../support/fixture";

const web =
  "#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n      - name: web\n        image: web:v1\n";

/** `reason /path` of every step that did nothing in the build of `root`. */
function idleSteps(files: string, root = "/ws", cache?: BuildCache): readonly string[] {
  const { idle } = build(root, createMemoryLoader([...parseFixture(files).files]), {}, cache);
  return idle.map(({ reason, cause }) => `${reason} ${cause.path}`);
}

const idleIn = (fields: string): readonly string[] =>
  idleSteps(`#- kustomization.yaml\nresources: [web.yaml]\n${fields}${web}`);

describe("steps that did nothing", () => {
  test.each([
    [
      "a merge patch whose target means nothing",
      "patches:\n- target: {name: wbe}\n  patch: '{kind: D, metadata: {name: d}, a: 1}'\n",
      "selectsNothing /patches/0",
    ],
    [
      "a JSON patch whose target means nothing",
      'patches:\n- target: {name: wbe}\n  patch: \'[{"op": "remove", "path": "/spec"}]\'\n',
      "selectsNothing /patches/0",
    ],
    [
      "a legacy JSON patch whose target means nothing",
      'patchesJson6902:\n- target: {name: wbe}\n  patch: \'[{"op": "remove", "path": "/spec"}]\'\n',
      "selectsNothing /patchesJson6902/0",
    ],
    [
      "a merge patch with the values that are there",
      "patches:\n- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 1}}'\n",
      "changesNothing /patches/0",
    ],
    [
      "the same for a target",
      "patches:\n- target: {kind: Deployment}\n  patch: '{kind: D, metadata: {name: d}, spec: {replicas: 1}}'\n",
      "changesNothing /patches/0",
    ],
    [
      "a JSON patch with the value that is there",
      'patches:\n- target: {kind: Deployment}\n  patch: \'[{"op": "replace", "path": "/spec/replicas", "value": 1}]\'\n',
      "changesNothing /patches/0",
    ],
    ["an image that is nowhere", "images:\n- {name: wbe, newTag: v2}\n", "selectsNothing /images/0"],
    [
      "a replacement into nothing",
      "replacements:\n- source: {kind: Deployment}\n  targets:\n  - select: {kind: Service}\n",
      "selectsNothing /replacements/0/targets/0",
    ],
  ])("%s", (_, fields, expected) => expect(idleIn(fields)).toEqual([expected]));

  test.each([
    [
      "a patch that changes something",
      "patches:\n- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}'\n",
    ],
    [
      "a patch that deletes",
      "patches:\n- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, $patch: delete}'\n",
    ],
    [
      "a patch that only tests",
      'patches:\n- target: {kind: Deployment}\n  patch: \'[{"op": "test", "path": "/spec/replicas", "value": 1}]\'\n',
    ],
    ["an image that is there", "images:\n- {name: web, newTag: v2}\n"],
    ["a build in which something is missing", "components: [c]\nimages:\n- {name: wbe, newTag: v2}\n"],
  ])("not %s", (_, fields) => expect(idleIn(fields)).toEqual([]));

  test("those of a base are told with those of the overlay, from a cache too", () => {
    const files = `#- overlay/kustomization.yaml\nresources: [../base]\nimages:\n- {name: b, newTag: v2}\n#- base/kustomization.yaml\nresources: [web.yaml]\nimages:\n- {name: a, newTag: v2}\n${web.replace("#- ", "#- base/")}`;
    const cache = new BuildCache();
    const expected = ["selectsNothing /images/0", "selectsNothing /images/0"];
    expect(idleSteps(files, "/ws/overlay", cache)).toEqual(expected);
    expect(idleSteps(files, "/ws/overlay", cache)).toEqual(expected);
  });
});
