import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { planBump } from "../../../server/src/release/bump";
import { diskLoader } from "../../support/diskLoader";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { layers, newDigest, newTag, type Spelling, spellings } from "./imageSpellings";

const real = getRealKustomize();
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "gitops-author-")));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Cases that one run of the real Kustomize renders, each as an object of its own. */
const batchSize = 60;
const batches: Spelling[][] = [];
for (const [i, spelling] of [...spellings(), ...layers()].entries()) {
  if (i % batchSize === 0) batches.push([]);
  batches.at(-1)?.push(spelling);
}

describe("an image is bumped, however it is written", () => {
  test.each(batches.map((batch, i) => ({ batch, i })))("batch $i", async ({ batch, i }) => {
    const folder = join(scratch, String(i));
    const roots = batch.map((spelling, n) => writeCase(spelling, folder, n));
    const before = await renderAll(folder, roots);
    const planned = batch.map((spelling, n) => bump(spelling, roots[n] ?? ""));
    const after = await renderAll(folder, roots);
    const mistakes = batch.flatMap((spelling, n) => {
      const mistake = findMistake(spelling, planned[n] ?? "", [before[n] ?? "", after[n] ?? ""]);
      return mistake === undefined ? [] : `${spelling.name}: ${mistake}`;
    });
    expect(mistakes).toEqual([]);
  });
});

function findMistake(
  spelling: Spelling,
  planned: string,
  [before, after]: readonly [string, string],
): string | undefined {
  if (planned === "digestNeeded") {
    if (before !== after) return "refused, and yet it renders something else";
    return spelling.pinned && spelling.to.digest === undefined ? undefined : "wants a digest and needs none";
  }
  if (planned !== "planned") return planned;
  const [old, image] = [imageOf(before), imageOf(after)];
  if (!isChosen(image, spelling, old)) return `renders ${image}`;
  return after.replace(image, old) === before ? undefined : "renders other lines differently";
}

function writeCase({ written, base: ofBase = "", component, overlay }: Spelling, folder: string, n: number): string {
  const base = join(folder, `case${n}/base`);
  const root = join(folder, `case${n}/dev`);
  mkdirSync(base, { recursive: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(base, "kustomization.yaml"), `resources: [deployment.yaml]\n${ofBase}`);
  if (component !== undefined) {
    const kind = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
    mkdirSync(join(root, "../component"));
    writeFileSync(join(root, "../component/kustomization.yaml"), kind + component);
  }
  writeFileSync(
    join(base, "deployment.yaml"),
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: case${n}
spec:
  template:
    spec:
      containers:
      - name: app
        image: ${written}
      - name: side
        image: side.example/car:1.0
`,
  );
  writeFileSync(join(root, "kustomization.yaml"), overlay);
  return root;
}

/** Renders all cases at once: the text of each one's object. */
async function renderAll(folder: string, roots: readonly string[]): Promise<readonly string[]> {
  const resources = roots.map((_, n) => `- case${n}/dev\n`).join("");
  writeFileSync(join(folder, "kustomization.yaml"), `resources:\n${resources}`);
  const output = await runKustomize(real, folder, ["--load-restrictor=LoadRestrictionsNone"]);
  expect(output.stderr).toBe("");
  const texts = new Map(
    output.stdout.split("---\n").map((text) => [/name: case(\d+)-x$/m.exec(text)?.[1] ?? "", text]),
  );
  return roots.map((_, n) => texts.get(String(n)) ?? "");
}

/** Plans and writes; checks that nothing but the scalars of the entry changed in the file. */
function bump({ name, to }: Spelling, root: string): string {
  const image = "registry.example:5000/team/app";
  const { form, ...version } = to;
  const planned = planBump(root, { image, to: version, form }, { files: diskLoader() });
  if (planned.kind === "refused") return planned.reason;
  for (const { before, after } of planned.files) {
    checkBytes(before.text, after, name);
    writeFileSync(before.path, after);
  }
  return planned.kind;
}

function checkBytes(before: string, after: string, name: string): void {
  const [head = "", tail = ""] = ["# dev", "nameSuffix: -x   # behind"];
  expect(after.startsWith(head) && after.includes(tail), name).toBe(true);
  // Every comment is where it was among the others.
  const comments = (text: string): readonly string[] => text.match(/#.*$/gm) ?? [];
  const kept = comments(after);
  const removedFields = comments(before).filter((comment) => !kept.includes(comment));
  // The comment behind a field goes with the field.
  expect(
    removedFields.every((comment) => /^# (?:newTag|digest|tagSuffix)\r?$/.test(comment)),
    name,
  ).toBe(true);
  expect(/(?<!\r)\n/.test(after), name).toBe(/(?<!\r)\n/.test(before));
}

function imageOf(text: string): string {
  return /image: "?([^"\n]*team\/app[^"\n]*)"?$/m.exec(text)?.[1] ?? "";
}

function isChosen(image: string, { to, pinned }: Spelling, before: string): boolean {
  const name = /^[^/]*\/[^:@]*/.exec(before)?.[0] ?? "";
  if (!image.startsWith(name)) return false;
  const version = image.slice(name.length);
  if (to.tag === undefined)
    return version === `@${newDigest}` || (/^:[\w.-]+@/.test(version) && version.endsWith(`@${newDigest}`));
  if (!pinned) return version === `:${newTag}`;
  return version === `@${newDigest}` || version === `:${newTag}@${newDigest}`;
}
