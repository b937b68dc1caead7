import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../../server/src/kustomize/build";
import { emitDocuments } from "../../../server/src/yaml/emit";
import { buildTree, configMap } from "../../support/buildTree";
import { diskLoader } from "../../support/diskLoader";
import { temporaryFolder } from "../../support/temporaryFolder";

const own = { "/app/own.yaml": configMap("own") };
const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";

/** What cannot be loaded: a problem at the entry that names it, and the rest of the build. */
describe("what cannot be loaded", () => {
  test.each<[string, Record<string, string | Uint8Array>, readonly string[]]>([
    [
      "two kustomization files in a folder",
      {
        "kustomization.yaml": "resources: [own.yaml, ../b]\n",
        "/b/kustomization.yaml": "",
        "/b/kustomization.yml": "",
      },
      ["/b/kustomization.yaml:1 kustomization/several-kustomizations"],
    ],
    [
      "the folder itself as its base",
      { "kustomization.yaml": "resources: [own.yaml, .]\n" },
      ["/app/kustomization.yaml:1 kustomization/cycle"],
    ],
    [
      "a folder around the one that is built",
      { "kustomization.yaml": "resources: [own.yaml, ..]\n" },
      ["/app/kustomization.yaml:1 kustomization/cycle"],
    ],
    [
      "a component that includes itself",
      {
        "kustomization.yaml": "resources: [own.yaml]\ncomponents: [../b]\n",
        "/b/kustomization.yaml": `${component}components: [../b]\n`,
      },
      ["/b/kustomization.yaml:3 kustomization/cycle"],
    ],
    [
      "transformers that lead back",
      {
        "kustomization.yaml": "resources: [own.yaml]\ntransformers: [../b]\n",
        "/b/kustomization.yaml": "generators: [../app]\n",
      },
      ["/b/kustomization.yaml:1 kustomization/cycle"],
    ],
    [
      "a resource that is no UTF-8",
      { "kustomization.yaml": "resources: [own.yaml, b.yaml]\n", "b.yaml": Uint8Array.of(0x61, 0xff, 0xfe) },
      ["/app/kustomization.yaml:1 kustomization/not-utf8"],
    ],
    [
      "a component that is missing",
      { "kustomization.yaml": "resources: [own.yaml]\ncomponents: [../gone]\n" },
      ["/app/kustomization.yaml:2 kustomization/missing-file"],
    ],
  ])("%s", (_, files, expected) => {
    const tree = Object.entries(files).map(([path, content]) => [
      path.startsWith("/") ? path : `/app/${path}`,
      content,
    ]);
    const { problems, text, complete } = buildTree({ ...own, ...Object.fromEntries(tree) });
    expect(problems).toEqual(expected);
    expect([text, complete]).toEqual([configMap("own"), false]);
  });

  test("a file and a folder that cannot be read", () => {
    const found = (path: string) =>
      path.endsWith("b.yaml") || path === "/c"
        ? ({ kind: "unreadable", reason: "No permission." } as const)
        : buildTree({ "/app/kustomization.yaml": "resources: [b.yaml, ../c]\n" }).result.filesRead.get(path);
    const { problems } = build("/app", { lookUp: (path) => found(path) ?? { kind: "missing" } });
    expect(problems.map(({ code, message }) => [code, message.includes("No permission.")])).toEqual([
      ["kustomization/unreadable-file", true],
      ["kustomization/unreadable-file", true],
    ]);
  });
});

describe("symbolic links", () => {
  const tree = {
    "app/kustomization.yaml": "resources: [own.yaml, out.yaml, loop.yaml, hanging.yaml, base]\n",
    "app/own.yaml": configMap("own"),
    "out.yaml": configMap("out"),
    "elsewhere/kustomization.yaml": "resources: [b.yaml]\n",
    "elsewhere/b.yaml": configMap("based"),
  };

  test("lead to folders; not out of the root, not in circles, not to nothing", () => {
    const folder = temporaryFolder(tree);
    symlinkSync("../out.yaml", join(folder, "app/out.yaml"));
    symlinkSync("loop.yaml", join(folder, "app/loop.yaml"));
    symlinkSync("nowhere", join(folder, "app/hanging.yaml"));
    symlinkSync("../elsewhere", join(folder, "app/base"));
    const { problems, resources } = build(join(folder, "app"), diskLoader());
    const said = problems.map(({ code, place }) => `${code} ${place.file.text.slice(place.start, place.end)}`);
    expect(said).toEqual([
      "kustomization/outside-root out.yaml",
      expect.stringMatching(/loop\.yaml$/),
      "kustomization/missing-file hanging.yaml",
    ]);
    const { text } = emitDocuments(resources.map(({ node }) => node));
    expect(text).toBe(`${configMap("based")}---\n${configMap("own")}`);
  });
});
