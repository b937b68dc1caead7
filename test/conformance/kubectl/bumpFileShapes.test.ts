import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planBump } from "../../../server/src/release/bump";
import { diskLoader } from "../../support/diskLoader";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { temporaryFolder } from "../../support/temporaryFolder";
import { findImageMistake, findTextMistake } from "./bumpMistakes";

/* Kustomization files of every form: an entry is changed or added, and the real Kustomize still reads the file. */

const real = getRealKustomize();
const digest = `sha256:${"b".repeat(64)}`;
const other = "- name: other\n  newTag: x";

test.each([
  ["no list", "resources: [../base]\n"],
  ["no last line break", "resources: [../base]"],
  ["empty lines at the end", "resources: [../base]\n\n\n\n"],
  ["a list without a value", "resources: [../base]\nimages:\n"],
  ["that, and no last line break", "resources: [../base]\nimages:"],
  ["an empty list", "resources: [../base]\nimages: [] # none\nnamePrefix: a-\n"],
  ["null", "resources: [../base]\nimages: ~\n"],
  ["a comment in the place of the list", "resources:\n  - ../base\nimages:\n    # later\nnamePrefix: a-\n"],
  ["markers of the document", "# first\n---\nresources: [../base]\n...\n"],
  ["a comment at the end", "resources:\n- ../base\n# end"],
  ["one mapping in braces", "{resources: [../base]}"],
  ["JSON", '{"resources": ["../base"], "images": []}\n'],
  ["another entry at the end", `resources: [../base]\nimages:\n${other}`],
  ["a comment behind the list", `resources: [../base]\nimages:\n${other}\n# of the list\n\n# of the file\n`],
  ["a list in brackets over several lines", "resources: [../base]\nimages: [\n  {name: other, newTag: x},\n]\n"],
  ["a dash alone on its line", "bases:\n- ../base\nimages:\n  -\n    name: app\n    newTag: v1\n"],
  ["the name behind", `resources: [../base]\nimages:\n- newTag: v1\n  name: app\n  \n${other}\n`],
  ["an empty entry", "resources: [../base]\nimages:\n-\n- name: app\n  newTag: v1\n"],
  ["an empty tag", "resources: [../base]\nimages:\n- name: app\n  newTag:\n"],
  ["an entry of nothing but the name", "resources: [../base]\nimages:\n- name: app\n"],
  ["the same key twice", "resources: [../base]\nimages:\n- name: app\n  newTag: v1\n  newTag: v2\n"],
  ["keys with question marks", "resources: [../base]\nimages:\n- ? name\n  : app\n  ? newTag\n  : v1\n"],
  ["tags of types", "resources: [../base]\nimages: !!seq\n- {name: app, newTag: !!str 1.0}\n"],
  ["a block of one line", "resources: [../base]\nimages:\n- name: app\n  newTag: |-\n    v1\n"],
  ["escapes", 'resources: [../base]\nimages:\n- name: "\\x61pp"\n  newTag: "v\\x31"\n'],
  ["line ends of Windows", "resources: [../base]\r\nimages:\r\n- name: app\r\n  newTag: v1"],
  ["a byte order mark", "\uFEFFresources: [../base]\nimages:\n- {name: app, newTag: v1}\n"],
  ["the old name of the list", "resources: [../base]\nimageTags:\n- name: app\n  newTag: v0\n"],
])("%s", async (_what, text) => {
  const folder = temporaryFolder({
    "base/kustomization.yaml": "resources: [pod.yaml]\n",
    "base/pod.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: app}, {name: b, image: other}]}\n",
    "dev/kustomization.yaml": text,
  });
  const root = join(folder, "dev");
  const before = await runKustomize(real, root);
  expect(before.ok, before.stderr).toBe(true);
  for (const [to, image] of [
    [{ tag: "2.0" }, "app:2.0"],
    [{ digest }, digest],
  ] as const) {
    const planned = planBump(root, { image: "app", to }, { files: diskLoader() });
    if (planned.kind === "refused") throw new Error(planned.message);
    const file = join(root, "kustomization.yaml");
    for (const { after } of planned.files) writeFileSync(file, after);
    const after = await runKustomize(real, root);
    expect(findImageMistake(planned, [before.stdout, after.stdout]), readFileSync(file, "utf8")).toBeUndefined();
    expect(findTextMistake(planned)).toBeUndefined();
    expect(after.stdout).toContain(image);
    writeFileSync(file, text);
  }
});
