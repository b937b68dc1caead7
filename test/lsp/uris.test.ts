import { expect, test } from "vitest";
import { toDocument, toPath, toRenderedUri, toUri } from "../../server/src/lsp/uris";

test.each([
  ["file:///repo/a%20b.yaml", "/repo/a b.yaml"],
  ["file:///c%3A/Work/a.yaml", "/c:/Work/a.yaml"],
  ["file:///C:/Work/a.yaml", "/c:/Work/a.yaml"],
  ["file://server/share/a.yaml", "//server/share/a.yaml"],
  ["file:///repo/caf%C3%A9%23.yaml", "/repo/café#.yaml"],
  ["file:///repo/", "/repo"],
])("%s is %s, and back to the same file", (uri, path) => {
  expect(toPath(uri)).toBe(path);
  expect(toPath(toUri(path))).toBe(path);
});

test.each(["", "nonsense", "untitled:a", "https://host/a.yaml", "gitops-rendered:/a/b.yaml", "%zz:%"])(
  "%j is no file",
  (uri) => expect(toPath(uri)).toBeUndefined(),
);

test("the rendered document of a root names its root", () => {
  for (const root of ["/repo/overlays/dev", "/c:/Work/a b", "/"]) {
    expect(toDocument(toRenderedUri(root))).toEqual({ kind: "rendered", root });
  }
  expect(toDocument("gitops-rendered:/repo/other.yaml")).toBeUndefined();
});
