import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hasUpstreamHash } from "../../../server/src/kustomize/hash";
import type { Resource } from "../../../server/src/kustomize/resource";
import { diskLoader } from "../../support/diskLoader";
import { firstDifference } from "../../support/firstDifference";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { formatTree, type Tree, writeTree } from "../../support/tree";
import { describeProblem, render } from "../rendered";
import { generateTree } from "./generateTree";
import { minimise } from "./minimise";

/*
 * npm run fuzz:kustomize -- --seconds N [--seed S] [--out DIR] [--all] [--one]
 *
 * Builds random trees with the real Kustomize and with ours until the time is over. A difference is made small, printed as a
 * fixture, and written to DIR if there is one. `--all` goes on after the first, once for each kind of difference; `--one`
 * tries only the tree of the seed.
 */

interface Difference {
  /** What kind of difference it is; a smaller tree must show the same. */
  readonly kind: string;
  readonly text: string;
}

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    out: { type: "string" },
    all: { type: "boolean", default: false },
    one: { type: "boolean", default: false },
  },
});

const secondsToMinimise = 60;
const real = getRealKustomize();
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "gitops-author-fuzz-")));
const counts = { trees: 0, built: 0, refused: 0, different: 0 };
const kindsSeen = new Set<string>();
let written = 0;

await main();

async function main(): Promise<void> {
  const end = Date.now() + Number(values.seconds) * 1000;
  let seed = Number(values.seed);
  console.log(`seed ${seed}`);
  const worker = async (): Promise<void> => {
    while (Date.now() < end && (values.all || counts.different === 0)) {
      await tryOne(seed++);
      if (values.one) return;
    }
  };
  await Promise.all(values.one ? [worker()] : [worker(), worker(), worker()]);
  rmSync(scratch, { recursive: true, force: true });
  console.log(
    `${counts.trees} trees: ${counts.built} built, ${counts.refused} refused by both, ${counts.different} different`,
  );
  process.exitCode = counts.different > 0 ? 1 : 0;
}

async function tryOne(seed: number): Promise<void> {
  const tree = generateTree(seed);
  const difference = await compare(tree);
  counts.trees++;
  if (difference === undefined) return;
  counts.different++;
  if (kindsSeen.has(difference.kind)) return;
  kindsSeen.add(difference.kind);
  const patience = Date.now() + secondsToMinimise * 1000;
  const small = await minimise(tree, async (smaller) => {
    return Date.now() < patience && (await compare(smaller, false))?.kind === difference.kind;
  });
  const text = (await compare(small, false))?.text ?? difference.text;
  const fixture = formatTree(small, `Found by the random trees, seed ${seed}.`);
  console.log(`\n=== seed ${seed}: ${difference.kind}\n${text}\n\n${fixture}`);
  if (values.out === undefined) return;
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, `seed-${seed}.yaml`), fixture);
  writeFileSync(join(values.out, `seed-${seed}.txt`), `${difference.kind}\n${text}\n`);
}

async function compare(tree: Tree, count = true): Promise<Difference | undefined> {
  const folder = join(scratch, String(written++));
  const root = writeTree(tree, folder);
  try {
    mkdirSync(root, { recursive: true });
    const theirs = await runKustomize(real, root);
    const ours = render(root, diskLoader());
    if (count) counts[theirs.ok ? "built" : "refused"]++;
    if (!theirs.ok && ours.yaml === undefined) return undefined;
    if (theirs.ok && ours.yaml === theirs.stdout) return undefined;
    if (theirs.ok && ours.result.resources.some(hasOtherHash)) return undefined;
    const stderr = theirs.stderr.replaceAll(folder, "").slice(0, 1000);
    if (!theirs.ok) return { kind: `only theirs fails: ${coarse(stderr)}`, text: stderr };
    if (ours.yaml === undefined) {
      const [first] = ours.errors;
      const text = ours.errors.map((problem) => describeProblem(problem).replaceAll(folder, "")).join("\n");
      return { kind: `only ours fails: ${first?.code} ${coarse(first?.message ?? "")}`, text };
    }
    const text = firstDifference(ours.yaml, theirs.stdout);
    return {
      kind: `text: ${coarse(
        text
          .split("\n")
          .filter((line) => /^[-+]/.test(line))
          .slice(0, 1)
          .join(),
      )}`,
      text,
    };
  } catch (error) {
    return {
      kind: `ours throws: ${error instanceof Error ? error.message : error}`,
      text: String(error instanceof Error ? error.stack : error),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A generated object that a patch has given another kind: its hash is known to be another one. */
function hasOtherHash({ needsHash, node }: Resource): boolean {
  return needsHash && !hasUpstreamHash(node);
}

/** Drops names and numbers, so that two differences of one cause count as one kind. */
function coarse(text: string): string {
  return text
    .replace(/["'`].*?["'`]/g, "…")
    .replace(/\d+/g, "0")
    .slice(0, 60);
}
