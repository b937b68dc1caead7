import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BuildCache, build } from "../../server/src/kustomize/build";
import type { Loader } from "../../server/src/kustomize/loader";
import { emitDocuments } from "../../server/src/yaml/emit";
import { diskLoader } from "../support/diskLoader";
import { getRealKustomize } from "../support/kubectl";
import { writeTree } from "../support/tree";
import { benchAuthoring } from "./benchAuthoring";
import { benchDocuments } from "./benchDocuments";
import { benchRepository } from "./benchRepository";
import { bigTree, patchOf } from "./bigTree";
import { leastOfBoth, leastWorkOf, median, processCost, timeOf } from "./measure";
import { previewLatency } from "./previewLatency";
import { withEdit } from "./snapshots";

/*
 * npm run bench
 *
 * Measures our builds beside the real Kustomize in one run on one machine, and holds them to budgets that are ratios, so that
 * they mean the same on any machine. Ends with 1 when one is missed.
 */

const project = resolve(import.meta.dirname, "../..");
const cli = join(project, "dist/cli.cjs");
const real = getRealKustomize();
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "gitops-author-bench-")));
let missed = 0;

await main();

async function main(): Promise<void> {
  try {
    await benchExample();
    await benchBig();
    benchGrowth();
    await benchPreview();
    await benchAuthoring(project, { title, show, budget });
    await benchDocuments(project, scratch, { title, show, budget });
    await benchRepository(project, scratch, { title, show, budget });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(missed === 0 ? "\nAll budgets are kept." : `\n${missed} budgets are missed.`);
  process.exitCode = missed === 0 ? 0 : 1;
}

async function benchExample(): Promise<void> {
  title("The example, overlay dev");
  const root = join(project, "examples/person-service/config/overlays/dev");
  const file = join(root, "kustomization.yaml");
  const text = readFileSync(file, "utf8");
  const theirs = await processCost(11, real.program, [...real.arguments, root]);
  const node = process.execPath;
  const [empty, ours] = await leastOfBoth(21, [node, "-e", "0"], [node, cli, "build", root]);
  const cold = timeOf(
    100,
    () => diskLoader(),
    (loader) => renderText(root, loader),
  );
  const warm = warmEdit(root, file, (round) => text.replace(/APP_GREETING=.*/, `APP_GREETING=round ${round}`));
  show("kubectl kustomize, whole process", theirs.wall);
  show("node -e 0, whole process, least of 21", empty);
  show("ours, whole process, least of 21", ours);
  show("ours, in process, cold", cold);
  show("ours, in process, after an edit of one line", warm);
  budget("whole process, over node -e 0", ours - empty, "ms", { atMost: 50 });
  budget("cold, times faster than the real process", theirs.wall / cold, "", { atLeast: 20 });
  budget("after an edit, times faster", theirs.wall / warm, "", { atLeast: 100 });
}

async function benchBig(): Promise<void> {
  title("1,200 resources in a base and an overlay");
  const root = writeTree(bigTree(1200), join(scratch, "big"));
  const theirs = await processCost(3, real.program, [...real.arguments, root]);
  const empty = await processCost(5, process.execPath, ["-e", "0"]);
  const ours = await processCost(5, process.execPath, [cli, "build", root]);
  const cold = timeOf(
    9,
    () => diskLoader(),
    (loader) => renderText(root, loader),
  );
  const warm = warmEdit(root, join(root, "patch-3.yaml"), (round) => patchOf(3, round + 10));
  const objects = join(root, "../base/objects-0.yaml");
  const text = readFileSync(objects, "utf8");
  const warmBase = warmEdit(root, objects, (round) => text.replace("containerPort: 8080", `containerPort: ${round}`));
  show("kubectl kustomize, whole process", theirs.wall);
  show("ours, whole process", ours.wall);
  show("ours, in process, cold", cold);
  show("ours, in process, after an edit of one patch", warm);
  show("ours, in process, after an edit of one file of the base", warmBase);
  console.log(
    `  memory: kubectl ${theirs.memory.toFixed(0)} MiB, ours ${ours.memory.toFixed(0)} MiB, node ${empty.memory.toFixed(0)} MiB`,
  );
  budget("cold, times faster than the real process", theirs.wall / cold, "", { atLeast: 20 });
  budget("after an edit of one patch, times faster", theirs.wall / warm, "", { atLeast: 200 });
  budget("after an edit of one file of the base, times faster", theirs.wall / warmBase, "", { atLeast: 100 });
  budget("memory, over the real one's and Node's own", ours.memory - theirs.memory - empty.memory, "MiB", {
    atMost: 0,
  });
}

function benchGrowth(): void {
  title("Growth");
  const makeCost = (resources: number) => {
    const root = writeTree(bigTree(resources), join(scratch, `growth-${resources}`));
    return (times: number): number =>
      leastWorkOf(
        times,
        () => diskLoader(),
        (loader) => renderText(root, loader),
      );
  };
  const [costOfSmall, costOfLarge] = [makeCost(1000), makeCost(10_000)];
  // In turn, so that a busy machine disturbs both alike.
  const costs = Array.from({ length: 5 }, () => ({ small: costOfSmall(3), large: costOfLarge(1) }));
  const small = Math.min(...costs.map((cost) => cost.small));
  const large = Math.min(...costs.map((cost) => cost.large));
  show("1,000 resources, in process, cold, processor time", small);
  show("10,000 resources, in process, cold, processor time", large);
  budget("10,000 cost as much as 1,000, times", large / small, "", { atMost: 12 });
}

async function benchPreview(): Promise<void> {
  title("The preview of the example, through the language server");
  const root = join(project, "examples/person-service/config/overlays/dev");
  const latency = await previewLatency(join(project, "dist/server.cjs"), root, 40);
  show("from the change to the refreshed text", latency);
  budget("from the change to the refreshed text", latency, "ms", { atMost: 50 });
}

/** The median time of a build after an edit, when everything else was built before. */
function warmEdit(root: string, file: string, edited: (round: number) => string): number {
  const disk = diskLoader();
  const cache = new BuildCache();
  renderText(root, disk, cache);
  const taken: number[] = [];
  for (let round = 0; round < 60; round++) {
    const loader = withEdit(disk, file, edited(round));
    const start = performance.now();
    renderText(root, loader, cache);
    taken.push(performance.now() - start);
  }
  return median(taken);
}

/** Builds and prints; a build with problems would measure nothing. */
function renderText(root: string, loader: Loader, cache?: BuildCache): string {
  const result = build(root, loader, { reorder: "legacy" }, cache);
  if (!result.complete) throw new Error(`${root} does not build: ${result.problems[0]?.message}`);
  return emitDocuments(result.resources.map(({ node }) => node)).text;
}

function title(text: string): void {
  console.log(`\n${text}`);
}

function show(what: string, milliseconds: number): void {
  console.log(`  ${what}: ${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`);
}

function budget(what: string, value: number, unit: string, limit: { atMost?: number; atLeast?: number }): void {
  const isKept =
    value <= (limit.atMost ?? Number.POSITIVE_INFINITY) && value >= (limit.atLeast ?? Number.NEGATIVE_INFINITY);
  if (!isKept) missed++;
  const wanted = limit.atMost === undefined ? `at least ${limit.atLeast}` : `at most ${limit.atMost}`;
  const measured = `${value.toFixed(1)}${unit === "" ? "" : ` ${unit}`}`;
  console.log(`  ${isKept ? "kept  " : "MISSED"} ${what}: ${measured} (${wanted})`);
}
