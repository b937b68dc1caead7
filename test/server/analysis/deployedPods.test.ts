import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/analysis/finding";
import { createInspector } from "../../../server/src/analysis/inspector";
import { createRuleTable } from "../../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../../server/src/analysis/settings";
import { domains } from "../../../server/src/lsp/domains";
import { findFacts } from "../../../server/src/lsp/facts";
import { createBuilds } from "../../../server/src/render/builds";
import type { Snapshot } from "../../../server/src/workspace/snapshot";
import { Workspace } from "../../../server/src/workspace/workspace";
import type { SourceDocument } from "../../../server/src/yaml/document";
import { parseFixture } from "../../support/fixture";
import { memoryFileSystem } from "../../support/memoryFileSystem";
import { schemaBundle } from "../../support/schemaBundle";

const path = "/folder/all.yaml";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  a: b\n";
const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: web\n    image: web\n    volumeMounts:\n    - {name: gone, mountPath: /a}\n  - name: web\n    image: web:1.2\n`;
const podList = `apiVersion: v1\nkind: List\nitems:\n${["one", "two"].map((name) => `- ${pod(name).trimEnd().replaceAll("\n", "\n  ")}\n`).join("")}`;

/** Someone who has one file open: gives the snapshot of each version of its text, and what the workspace rules find in it. */
function openFile(): (text: string) => { readonly snapshot: Snapshot; readonly findings: () => readonly Finding[] } {
  const workspace = new Workspace({
    fileSystem: memoryFileSystem(parseFixture("")),
    findFacts,
    schemas: { bundle: schemaBundle },
  });
  const inspector = createInspector(createRuleTable(domains), createBuilds({ clock: { now: () => 0 } }));
  return (text) => {
    workspace.setBuffer(path, text);
    const { snapshot } = workspace;
    return { snapshot, findings: () => [...inspector.workspace(snapshot, defaultSettings, [])].flat() };
  };
}

test("what is found in pods of a long file moves along with their documents", () => {
  const versions = [
    [configMap, pod("one"), podList],
    [`# more\n${configMap}`, pod("one"), podList],
    [configMap, podList],
    [configMap, pod("two"), podList, pod("one")],
    [configMap, pod("one"), podList, pod("one")],
    [configMap],
  ].map((documents) => documents.join("---\n"));
  const typed = openFile();
  for (const text of [...versions, ...versions.toReversed()]) {
    // A text that is no YAML for a moment changes nothing of what is found behind it.
    typed(`a: [\n---\n${text}`).findings();
    const findings = typed(text).findings();
    expect(findings).toEqual(openFile()(text).findings());
    expect(findings.length > 0).toBe(text !== configMap);
    const places = findings.flatMap(({ place, related }) => [place, ...related.map((each) => each.place)]);
    for (const { file } of places) expect(file.text).toBe(text);
  }
});

test("the workspace rules read no document that a keystroke left alone", () => {
  const typed = openFile();
  const textOf = (value: string): string => [pod("one"), configMap.replace("b", value), podList].join("---\n");
  typed(textOf("b")).findings();
  const { snapshot, findings } = typed(textOf("c"));
  const read = countReads(snapshot.documents(path));
  expect(findings()).not.toEqual([]);
  expect([...read]).toEqual([]);
});

/** The documents, by number, whose values are asked for from now on, without the one in the middle. */
function countReads(documents: readonly SourceDocument[]): ReadonlySet<number> {
  const read = new Set<number>();
  for (const [index, document] of documents.entries()) {
    const { root } = document;
    Object.defineProperty(document, "root", {
      get: () => {
        if (index !== 1) read.add(index);
        return root;
      },
    });
  }
  return read;
}
