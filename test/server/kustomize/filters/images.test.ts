import { describe, expect, test } from "vitest";
import { splitImage } from "../../../../server/src/kustomize/filters/images";

describe("the parts of an image", () => {
  test.each([
    ["nginx", "nginx", "", ""],
    ["nginx:1.25", "nginx", "1.25", ""],
    ["registry:5000/team/app", "registry:5000/team/app", "", ""],
    ["registry:5000/team/app:1.2", "registry:5000/team/app", "1.2", ""],
    ["app@sha256:9f", "app", "", "sha256:9f"],
    ["registry:5000/app:1.2@sha256:9f", "registry:5000/app", "1.2", "sha256:9f"],
  ])("%s", (image, name, tag, digest) => {
    expect(splitImage(image)).toEqual({ name, tag, digest });
  });
});
