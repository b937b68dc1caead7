import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseImageReference } from "../../../server/src/kubernetes/imageReference";
import { planBump } from "../../../server/src/release/bump";
import type { ImagePlan, ImageTarget, Planned } from "../../../server/src/release/imagePlan";
import { openPartly } from "../../../server/src/release/overlayState";
import { findRenderedImages } from "../../../server/src/release/renderedImages";
import { diskLoader } from "../../support/diskLoader";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { writeTree } from "../../support/tree";
import { generateTree } from "../fuzz/generateTree";
import { type Random, randomOf } from "../fuzz/random";
import { findImageMistake, findTextMistake } from "./bumpMistakes";

/*
 * Random overlays, in each of which one image gets a random tag or digest. `BUMPS=N` tries N trees, `FROM=S` begins with another one.
 */

const count = Number(process.env["BUMPS"] ?? 160);
const from = Number(process.env["FROM"] ?? 1);
const real = getRealKustomize();
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "gitops-author-bumps-")));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const perTest = 10;
const parts = Array.from({ length: Math.ceil(count / perTest) }, (_, i) => from + i * perTest);

describe("a random image of a random overlay", () => {
  const counts = { planned: 0, refused: 0, nothing: 0 };
  afterAll(() => console.log(`random bumps: ${JSON.stringify(counts)}`));

  test.each(parts)("is the chosen one afterwards, and nothing else is different (seeds from %i)", async (first) => {
    const mistakes: string[] = [];
    for (let seed = first; seed < Math.min(first + perTest, from + count); seed++) {
      const found = await tryOne(seed);
      if (found in counts) counts[found as keyof typeof counts]++;
      else mistakes.push(`seed ${seed}: ${found}`);
    }
    expect(mistakes).toEqual([]);
  });

  test("happens often enough to mean something", () => {
    expect(counts.planned).toBeGreaterThan(count / 5);
    expect(counts.refused).toBeLessThan(counts.planned / 5);
  });
});

/** What became of one tree: a word of `counts`, or what is wrong. */
async function tryOne(seed: number): Promise<string> {
  const random = randomOf(seed * 7919);
  const folder = join(scratch, String(seed));
  const root = writeTree(generateTree(seed), folder);
  const files = diskLoader();
  const opened = openPartly(root, { files });
  if ("kind" in opened || opened.unseen.length > 0) return "nothing";
  const images = findRenderedImages(opened.result.resources).map(({ value }) => parseImageReference(value.text).name);
  if (images.length === 0) return "nothing";
  const image = random.pick(images);
  const to = target(random);
  const planned = withDigest(planBump(root, { image, to }, { files }), () =>
    planBump(root, { image, to: { ...to, digest: digestOf("d") } }, { files }),
  );
  if (planned.kind === "refused") return "refused";
  const before = await runKustomize(real, root);
  for (const { before: old, after } of planned.files) writeFileSync(old.path, after);
  const after = await runKustomize(real, root);
  if (!before.ok || !after.ok) return `the real one fails: ${before.stderr}${after.stderr}`;
  const mistake =
    findImageMistake(planned, [before.stdout, after.stdout]) ?? findTextMistake(planned) ?? notChosen(planned, to);
  rmSync(folder, { recursive: true });
  return mistake === undefined ? "planned" : `${image} to ${JSON.stringify(to)}: ${mistake}`;
}

function target(random: Random): ImageTarget {
  const tag = random.pick(["2.0", "v3", "1e3", "0x1F", "true", "null", "2026-11-22", "010", "_x.y-z", "latest", "9"]);
  const digest = digestOf(random.pick(["b", "c", "1", "e"]));
  return random.pick([{ tag }, { digest }, { tag, digest }]);
}

function digestOf(letter: string): string {
  return `sha256:${letter.repeat(64)}`;
}

function withDigest(planned: Planned, again: () => Planned): Planned {
  return planned.kind === "refused" && planned.reason === "digestNeeded" ? again() : planned;
}

/** Of the images that are meant, those that a note excuses may stay as they are. */
function notChosen({ images, notes }: ImagePlan, { tag, digest }: ImageTarget): string | undefined {
  const wrong = images.find(({ object, after }) => {
    const is = parseImageReference(after);
    const isChosen = is.digest === undefined ? is.tag === tag : is.digest === (digest ?? digestOf("d"));
    return !isChosen && !notes.some((note) => note.includes(object));
  });
  return wrong && `${wrong.object} becomes ${wrong.after}`;
}
