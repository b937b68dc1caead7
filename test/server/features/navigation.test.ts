import { describe, expect, test } from "vitest";
import type { DocumentLink, DocumentSymbol } from "vscode-languageserver-types";
import { definitionFeature } from "../../../server/src/features/definition";
import { documentLinksFeature } from "../../../server/src/features/documentLinks";
import { documentSymbolsFeature } from "../../../server/src/features/documentSymbols";
import { hoverFeature } from "../../../server/src/features/hover";
import { referencesFeature } from "../../../server/src/features/references";
import { offsetAt, positionAt } from "../../../server/src/yaml/source";
import { checkDefinition, checkReferences, checkRenderedDefinition } from "../../support/checkDefinition";
import { checkHover, checkRenderedHover } from "../../support/checkHover";
import { openEditor } from "../../support/editor";
import { folder } from "../../support/fixture";

const tree = `
#- base/kustomization.yaml
resources:
- web.yaml
#- base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: web
        image: nginx:1.0
#- overlays/dev/kustomization.yaml
namePrefix: dev-
resources:
- ../../base
images:
- name: nginx
  newTag: "2.0"
patches:
- path: patch.yaml
configMapGenerator:
- name: settings
  files:
  - key=app.txt
#- overlays/dev/patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
#- overlays/dev/app.txt
A
`;
const dev = "overlays/dev/kustomization.yaml";
const at = (path: string, text: string, marked: string): string => {
  const [before = "", after = ""] = tree.split(`#- ${path}\n`);
  return `${before}#- ${path}\n${after.replace(text, marked)}`;
};

describe("definition", () => {
  test("of a directory is its kustomization", () =>
    checkDefinition(at(dev, "../../base", "../<|>../base"), ["base/kustomization.yaml"]));
  test("of a path is its file", () =>
    checkDefinition(at(dev, "patch.yaml", "<|>patch.yaml"), ["overlays/dev/patch.yaml"]));
  test("of a generator's file, behind its key", () =>
    checkDefinition(at(dev, "key=app.txt", "key=ap<|>p.txt"), ["overlays/dev/app.txt"]));
  test("of a generator's key is the key itself, not its file", () =>
    checkDefinition(at(dev, "key=app.txt", "ke<|>y=app.txt"), [`${dev}:12 'key'`]));
  test("of a missing file is nothing", () => checkDefinition("#- kustomization.yaml\nresources:\n- a<|>.yaml\n", []));
  test("of a rendered value is the text that gives it", async () => {
    await checkRenderedDefinition(tree, "overlays/dev", "replicas: 3", "overlays/dev/patch.yaml:6 '3'");
    await checkRenderedDefinition(tree, "overlays/dev", "kind: Deployment", "base/web.yaml:2 'Deployment'");
    await checkRenderedDefinition(tree, "overlays/dev", "image: nginx:2.0", "base/web.yaml:11 'nginx:1.0'");
  });
});

describe("references", () => {
  test("of a file are the kustomizations that include it", () =>
    checkReferences(at("base/web.yaml", "kind", "ki<|>nd"), ["base/kustomization.yaml:2 'web.yaml'"]));
  test("of a kustomization are those that include its directory", () =>
    checkReferences(at("base/kustomization.yaml", "resources", "res<|>ources"), [`${dev}:3 '../../base'`]));
  test("of a path are those of what it names", () =>
    checkReferences(at(dev, "../../base", "../../ba<|>se"), [`${dev}:3 '../../base'`]));
});

describe("hover", () => {
  test("on a field", () =>
    checkHover(
      at(dev, "namePrefix", "<|name<|>Prefix|>"),
      "**namePrefix** `string`\n\nPut before the name of every object, and into the references to it. Namespaces, CustomResourceDefinitions and APIServices keep their names.",
    ));
  test("on a value", () =>
    checkHover(at(dev, '"2.0"', '<|"2<|>.0"|>'), "**newTag** `string`\n\nAnother tag. A string: quote `1.27`."));
  test("on the path of a file", () =>
    checkHover(at(dev, "patch.yaml", "<|pat<|>ch.yaml|>"), "File `overlays/dev/patch.yaml`\n\n- `Deployment` web"));
  test("on the path of a directory", () =>
    checkHover(at(dev, "../../base", "<|../../ba<|>se|>"), "**Kustomization** `base`\n\nNames 1 path."));
  test("on a path that leads nowhere", () =>
    checkHover("#- kustomization.yaml\nresources:\n- a<|>.yaml\n", "`a.yaml` does not exist."));
  test("on nothing", () => checkHover("#- kustomization.yaml\nresources: []\n<|>\n", null));
  test("in other files", () => checkHover(at("overlays/dev/app.txt", "A", "<|>A"), null));

  test("on a rendered value that a patch set", () =>
    checkRenderedHover(
      tree,
      "overlays/dev",
      "replicas: 3",
      [
        "**spec.replicas** of Deployment dev-web",
        `From [overlays/dev/patch.yaml:6](file://${folder}/overlays/dev/patch.yaml#L6): \`3\``,
        `Changed on the way:\n\n1. \`patches\` [${dev}:8](file://${folder}/${dev}#L8): \`1\` → \`3\``,
      ].join("\n\n"),
    ));
  test("on a rendered name that has a prefix", () =>
    checkRenderedHover(
      tree,
      "overlays/dev",
      "name: dev-web",
      [
        "**metadata.name** of Deployment dev-web",
        `From [base/web.yaml:4](file://${folder}/base/web.yaml#L4): \`web\``,
        `Changed on the way:\n\n1. \`namePrefix\` [${dev}:1](file://${folder}/${dev}#L1): \`web\` → \`dev-web\``,
      ].join("\n\n"),
    ));
  test("on a rendered value that nothing changed", () =>
    checkRenderedHover(
      tree,
      "overlays/dev",
      "kind: Deployment",
      `**kind** of Deployment dev-web\n\nFrom [base/web.yaml:2](file://${folder}/base/web.yaml#L2): \`Deployment\``,
    ));
});

test("links stand on every path that leads somewhere", async () => {
  const editor = await openEditor(
    `${tree}#- kustomization.yaml\nresources:\n- overlays/dev\n- missing.yaml\n- "https://example.com/a?ref=v1"\ncomponents:\n- nowhere\n`,
  );
  const linksOf = async (path: string) => {
    const file = { path: `${folder}/${path}`, text: editor.fixture.files.get(`${folder}/${path}`) ?? "" };
    const links = await editor.ask<readonly DocumentLink[]>(documentLinksFeature, { kind: "source", path: file.path });
    return links.map(({ range, target }) => [
      file.text.slice(offsetAt(file, range.start), offsetAt(file, range.end)),
      target,
    ]);
  };
  expect(await linksOf(dev)).toEqual([
    ["../../base", `file://${folder}/base/kustomization.yaml`],
    ["patch.yaml", `file://${folder}/overlays/dev/patch.yaml`],
    ["app.txt", `file://${folder}/overlays/dev/app.txt`],
  ]);
  expect(await linksOf("kustomization.yaml")).toEqual([
    ["overlays/dev", `file://${folder}/${dev}`],
    ["https://example.com/a?ref=v1", "https://example.com/a?ref=v1"],
  ]);
});

test("the outline shows the fields of a kustomization, and the objects of manifests and rendered documents", async () => {
  const editor = await openEditor(tree);
  const namesOf = (symbols: readonly DocumentSymbol[]): unknown[] =>
    symbols.map(({ name, children }) => (children && children.length > 0 ? [name, ...namesOf(children)] : name));
  const outline = async (document: Parameters<typeof editor.ask>[1]) =>
    namesOf(await editor.ask<readonly DocumentSymbol[]>(documentSymbolsFeature, document));
  expect(await outline({ kind: "source", path: `${folder}/${dev}` })).toEqual([
    "namePrefix",
    ["resources", "../../base"],
    ["images", ["nginx", "name", "newTag"]],
    ["patches", ["patch.yaml", "path"]],
    ["configMapGenerator", ["settings", "name", ["files", "key=app.txt"]]],
  ]);
  expect(await outline({ kind: "source", path: `${folder}/base/web.yaml` })).toEqual([
    [
      "Deployment web",
      "apiVersion",
      "kind",
      ["metadata", "name"],
      ["spec", "replicas", ["template", ["spec", ["containers", ["web", "name", "image"]]]]],
    ],
  ]);
  expect(await outline({ kind: "rendered", root: `${folder}/base` })).toEqual(["Deployment web"]);
});

test("nothing throws at any offset of a kustomization that is whole or lacks a piece", async () => {
  const sample = "resources: [a.yaml, &x b]\nimages:\n- name: *x\n  newTag: |\n    a\npatches:\n- path: 'p.yaml\n";
  const path = `${folder}/kustomization.yaml`;
  for (let cut = 0; cut <= sample.length; cut += 3) {
    const text = sample.slice(0, cut) + sample.slice(cut + 5);
    const editor = await openEditor(`#- kustomization.yaml\n${text}`);
    for (const feature of [hoverFeature, definitionFeature, referencesFeature]) {
      for (let offset = 0; offset <= text.length; offset += 2) {
        await editor.ask(feature, { kind: "source", path }, { position: positionAt({ path, text }, offset) });
      }
    }
    await editor.ask(documentSymbolsFeature, { kind: "source", path });
    await editor.ask(documentLinksFeature, { kind: "source", path });
  }
});
