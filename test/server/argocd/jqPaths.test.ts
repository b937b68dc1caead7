import { describe, expect, test } from "vitest";
import { findJqPaths, parseJqPaths } from "../../../server/src/argocd/jqPaths";
import { toPointer } from "../../../server/src/kubernetes/json";

const deployment = {
  metadata: { annotations: { "a.b/c": "1", other: "2" } },
  spec: {
    replicas: 2,
    containers: [
      { name: "web", image: "web:1", env: [{ name: "A", value: "x" }] },
      { name: "sidecar-log", image: "log:1" },
    ],
  },
};

test.each([
  [".spec.replicas", ["/spec/replicas"]],
  ['.metadata.annotations["a.b/c"]', ["/metadata/annotations/a.b~1c"]],
  ['.metadata.annotations."a.b/c"', ["/metadata/annotations/a.b~1c"]],
  [".spec.containers[0].image", ["/spec/containers/0/image"]],
  [".spec.containers[-1].image", ["/spec/containers/1/image"]],
  [".spec.containers[].image", ["/spec/containers/0/image", "/spec/containers/1/image"]],
  [".spec.containers[]?.env[]?.value", ["/spec/containers/0/env/0/value"]],
  ['.spec.containers[] | select(.name == "web") | .image', ["/spec/containers/0/image"]],
  ['.spec.containers[] | select(.name != "web")', ["/spec/containers/1"]],
  ['.spec.containers[] | select(.name | startswith("sidecar")) | .image', ["/spec/containers/1/image"]],
  ['.spec.containers[] | select(.name | test("^s.*g$")) | .image', ["/spec/containers/1/image"]],
  ['.spec.containers[] | select(.name == "web" and .image == "web:1") | .env', ["/spec/containers/0/env"]],
  [".spec.containers[] | select(.env) | .name", ["/spec/containers/0/name"]],
  [".spec.absent.deep", []],
])("%s", (expression, expected) => {
  const paths = parseJqPaths(expression);
  expect(paths).toBeDefined();
  expect(findJqPaths(paths ?? [], deployment).map(toPointer)).toEqual(expected);
});

describe("more of jq than we understand is not taken for something else", () => {
  test.each([
    "..",
    ".a, .b",
    ".a | map(.b)",
    ".a[1:2]",
    "del(.a)",
    ".",
    "",
    ".a[] | select(.b == .c)",
    ".a[] | select(.b or .c)",
    `.${"a".repeat(3000)}`,
  ])("%s", (expression) => expect(parseJqPaths(expression)).toBeUndefined());
});
