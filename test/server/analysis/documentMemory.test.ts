import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/analysis/finding";
import { createInspector } from "../../../server/src/analysis/inspector";
import { createRuleTable } from "../../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../../server/src/analysis/settings";
import { domains } from "../../../server/src/lsp/domains";
import { findFacts } from "../../../server/src/lsp/facts";
import { createBuilds } from "../../../server/src/render/builds";
import { Workspace } from "../../../server/src/workspace/workspace";
import { parseFixture } from "../../support/fixture";
import { memoryFileSystem } from "../../support/memoryFileSystem";
import { schemaBundle } from "../../support/schemaBundle";

const path = "/folder/all.yaml";

const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: web\n";
const deployment =
  "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: two\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: wbe}\n    spec:\n      containers:\n      - name: web\n        imaje: web\n";

/** Someone who has one file open: gives what is found in each version of its text. */
function openFile(): (text: string) => readonly Finding[] {
  const workspace = new Workspace({
    fileSystem: memoryFileSystem(parseFixture("")),
    findFacts,
    schemas: { bundle: schemaBundle },
  });
  const inspector = createInspector(createRuleTable(domains), createBuilds({ clock: { now: () => 0 } }));
  return (text) => {
    workspace.setBuffer(path, text);
    return inspector.file(workspace.snapshot, path, defaultSettings);
  };
}

const versions: readonly string[] = [
  [service, deployment].join("---\n"),
  [service, deployment.replace("two", "three")].join("---\n"),
  // A comment moves everything; then a document comes in between, goes, and the same one stands there twice.
  ["# services\n", service, deployment].join("---\n"),
  [service, "a: [\n", deployment].join("---\n"),
  [deployment, service, service].join("---\n"),
  [`${deployment}metadata: {}\n`, service].join("--- # next\n"),
  [service, deployment].join("--- {}\n"),
  [service, deployment].join("---\r\n"),
  service,
];

test("an edit gives what a fresh look at the file gives, at its places", () => {
  const typed = openFile();
  for (const text of [...versions, ...versions.toReversed()]) {
    const findings = typed(text);
    const fresh = openFile()(text);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings).toEqual(fresh);
    for (const { place } of findings) expect(place.file.text).toBe(text);
  }
});

test("a document that did not change is not checked again", () => {
  const typed = openFile();
  const before = typed([service, deployment].join("---\n"));
  const after = typed([service.replace("web", "shop"), deployment].join("---\n"));
  const dataOf = (findings: readonly Finding[]): unknown =>
    findings.find(({ code }) => code === "schema/unknown-field")?.data;
  expect(dataOf(after)).toBeDefined();
  expect(dataOf(after)).toBe(dataOf(before));
});
