import { describe, expect, test } from "vitest";
import { splitPath } from "../../../../server/src/kustomize/fieldSpec";
import { splitFieldPath } from "../../../../server/src/kustomize/filters/fieldPath";

describe("paths of field specs", () => {
  test.each([
    ["a/b/c", ["a", "b", "c"]],
    ["/a/b", ["a", "b"]],
    ["metadata/annotations/example.com\\/size", ["metadata", "annotations", "example.com/size"]],
    ["spec/containers[]/image", ["spec", "containers[]", "image"]],
  ])("%s", (path, parts) => {
    expect(splitPath(path, "/")).toEqual(parts);
  });
});

describe("paths of replacements", () => {
  test.each([
    ["spec.replicas", ["spec", "replicas"]],
    ["spec.containers.[name=a.b].image", ["spec", "containers", "[name=a.b]", "image"]],
    ["metadata.annotations.[example.com/a.b]", ["metadata", "annotations", "example.com/a.b"]],
    ["data.config\\.json.host", ["data", "config.json", "host"]],
    ["spec.args.[=-v].0.*", ["spec", "args", "[=-v]", "0", "*"]],
    ["a.[b.c", ["a", "[b.c".replace("[", "")]],
  ])("%s", (path, parts) => {
    expect(splitFieldPath(path)).toEqual(parts);
  });
});
