import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

const twice = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: red\n  color: blue\n";
const marked = `${twice}# ^^^^^ error yaml/duplicate-key\n`;

test("a key that stands twice is told of an object that no kustomization builds", () =>
  checkDiagnostics(`#- a.yaml\n${marked}`));

test("and once of one that is built", () =>
  checkDiagnostics(`#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\n${marked}`));

test("files that are nobody's objects, and templates, are left alone", () =>
  checkDiagnostics(
    `#- values.yaml\na: 1\na: 2\n#- b.yaml\n${twice.replace("color: red", "{{- if .a }}\n  color: red\n{{- end }}")}`,
  ));

test("fix: without the first", () =>
  checkFix(
    `#- a.yaml\n${twice}`,
    "yaml/duplicate-key",
    "Remove the first one",
    `#- a.yaml\n${twice.replace("  color: red\n", "")}`,
  ));

describe("a second object without a separator", () => {
  const object = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
  const glued = `${object("a---")}${object("b")}`;
  test("is told once, in a build and beside it", async () => {
    const found = async (text: string): Promise<readonly string[]> =>
      (await inspect(parseFixture(text))).findings.map(({ code, message }) => `${code} ${message.slice(0, 27)}`);
    const expected = ["yaml/duplicate-key A second object begins here"];
    expect(await found(`#- a.yaml\n${object("a")}${object("b")}`)).toEqual(expected);
    expect(await found(`#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\n${glued}`)).toEqual(expected);
  });
  test("is not what two apiVersions alone are", async () => {
    const { findings } = await inspect(parseFixture(`#- a.yaml\napiVersion: v1\n${object("a")}`));
    expect(findings.map(({ message }) => message)).toEqual(["The key `apiVersion` stands twice in this map."]);
  });
  test("fix: a separator, also where it hung on the line above", async () => {
    const title = "Put '---' before the second object";
    const fixed = `#- a.yaml\n${object("a")}---\n${object("b")}`;
    await checkFix(`#- a.yaml\n${object("a")}${object("b")}`, "yaml/duplicate-key", title, fixed);
    await checkFix(`#- a.yaml\n${glued}`, "yaml/duplicate-key", title, fixed);
  });
});
