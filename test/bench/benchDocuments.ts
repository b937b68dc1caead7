import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeBundleFiles } from "../../server/src/platform/node/bundleFiles";
import { createBundle } from "../../server/src/schema/bundle";
import { toJsonSchema } from "./jsonSchema";
import { bigManifest, middleDeployment } from "./manifest";
import { leastTimeOf, median } from "./measure";
import { type MeasuredServer, Typist } from "./typist";

/** How results are told. */
export interface Report {
  readonly title: (text: string) => void;
  readonly show: (what: string, milliseconds: number) => void;
  readonly budget: (what: string, value: number, unit: string, limit: { atMost?: number; atLeast?: number }) => void;
}

/** How long yaml-language-server waits after a keystroke before it begins, in milliseconds (its `validationDelayMs`). */
const pauseOfTheirs = 200;

const rounds = 30;

interface Measured {
  readonly opened: number;
  readonly diagnostics: number;
  readonly completion: readonly number[];
  readonly memory: number;
}

/** Measures our language server beside yaml-language-server, on the same file with the same schema. */
export async function benchDocuments(project: string, scratch: string, { title, show, budget }: Report): Promise<void> {
  title("A manifest of 5,000 lines, through language servers");
  const schemas = join(project, "dist/schemas");
  const folder = join(scratch, "manifest");
  mkdirSync(folder);
  const file = join(folder, "all.yaml");
  writeFileSync(file, bigManifest(5000));
  const schema = join(scratch, "kubernetes.json");
  writeFileSync(schema, JSON.stringify(toJsonSchema(nodeBundleFiles(schemas))));

  const ours = await measure({ command: [join(project, "dist/server.cjs"), "--stdio"], folder, settings: {} }, file);
  const theirs = await measure(theirServer(folder, schema), file);
  const start = leastTimeOf(
    21,
    () => createBundle(nodeBundleFiles(schemas)),
    (bundle) => bundle.find("apps/v1", "Deployment"),
  );
  const [p50, p95] = percentiles(ours.completion);
  const [theirP50, theirP95] = percentiles(theirs.completion);
  show("yaml-language-server, from a keystroke to the diagnostics", theirs.diagnostics);
  show(`  of which it waits ${pauseOfTheirs} ms and works`, theirs.diagnostics - pauseOfTheirs);
  show("ours, from a keystroke to the diagnostics", ours.diagnostics);
  show("yaml-language-server, completion in a Deployment, p50", theirP50);
  show("yaml-language-server, completion in a Deployment, p95", theirP95);
  show("ours, completion in a Deployment, p50", p50);
  show("ours, completion in a Deployment, p95", p95);
  show("yaml-language-server, from opening to the first diagnostics", theirs.opened);
  show("ours, from opening to the first diagnostics", ours.opened);
  budget("keystroke to diagnostics, times faster", theirs.diagnostics / ours.diagnostics, "", { atLeast: 5 });
  const worked = (theirs.diagnostics - pauseOfTheirs) / ours.diagnostics;
  budget("the same without its pause, times faster", worked, "", { atLeast: 5 });
  budget("completion, p50, times faster", theirP50 / p50, "", { atLeast: 2 });
  budget("completion, p95, times faster", theirP95 / p95, "", { atLeast: 2 });
  budget("memory, over that of yaml-language-server", ours.memory - theirs.memory, "MiB", { atMost: 0 });
  budget("the index of the schemas, at the start", start, "ms", { atMost: 15 });
  console.log(`  memory: yaml-language-server ${theirs.memory.toFixed(0)} MiB, ours ${ours.memory.toFixed(0)} MiB`);
  const { memory, checked } = await measureAllShards(project, scratch);
  show("ours, from the start until one object of each kind that we know is checked", checked);
  console.log(`  memory with all schemas in use: ours ${memory.toFixed(0)} MiB`);
  budget("memory with all schemas in use, over that of yaml-language-server", memory - theirs.memory, "MiB", {
    atMost: 0,
  });
}

/** Memory when one object of each kind is open, so that every shard is in use. */
async function measureAllShards(
  project: string,
  scratch: string,
): Promise<{ readonly memory: number; readonly checked: number }> {
  const folder = join(scratch, "kinds");
  mkdirSync(folder);
  const file = join(folder, "all.yaml");
  const bundle = createBundle(nodeBundleFiles(join(project, "dist/schemas")));
  const objects = [...bundle.kinds()]
    .filter(({ schema }) => schema !== undefined)
    .map(({ apiVersion, kind }) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspecc: {}\n`);
  writeFileSync(file, objects.join("---\n"));
  const server = { command: [join(project, "dist/server.cjs"), "--stdio"], folder, settings: {} };
  const start = performance.now();
  const typist = await Typist.start(server, file);
  await typist.until((messages) => messages.filter((message) => message.includes("specc")).length > objects.length / 2);
  const checked = performance.now() - start;
  const memory = typist.memory();
  await typist.stop();
  return { memory, checked };
}

/** yaml-language-server with one schema of ours for all files, and nothing that asks the network. */
function theirServer(folder: string, schema: string): MeasuredServer {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("yaml-language-server/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly bin: Readonly<Record<string, string>> };
  const program = join(dirname(manifest), bin["yaml-language-server"] ?? "");
  const yaml = {
    schemas: { [pathToFileURL(schema).toString()]: "*.yaml" },
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
    validate: true,
    completion: true,
    hover: true,
  };
  return { command: [program, "--stdio"], folder, settings: { yaml } };
}

async function measure(server: MeasuredServer, file: string): Promise<Measured> {
  const text = readFileSync(file, "utf8");
  const deployment = middleDeployment(text);
  const replicas = text.indexOf("replicas: 2", deployment) + "replicas: ".length;
  const typed = (messages: readonly string[]): boolean => messages.length === 1;
  const none = (messages: readonly string[]): boolean => messages.length === 0;
  const start = performance.now();
  const typist = await Typist.start(server, file);
  // The first mistake is found when all of the schema is read.
  await typist.type(replicas, "2", "x");
  await typist.until(typed);
  const opened = performance.now() - start;
  await typist.type(replicas, "x", "2");
  await typist.until(none);
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [before, after, expected] = round % 2 === 0 ? (["2", "x", typed] as const) : (["x", "2", none] as const);
    const pressed = performance.now();
    await typist.type(replicas, before, after);
    await typist.until(expected);
    taken.push(performance.now() - pressed);
  }
  const completion = await measureCompletion(typist, text.indexOf("imagePullPolicy", deployment));
  const memory = typist.memory();
  await typist.stop();
  return { opened, diagnostics: median(taken), completion, memory };
}

/** Types a letter of a new field of a container and asks what it may become. */
async function measureCompletion(typist: Typist, at: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await typist.type(at, "", "\n        ");
    // What was typed before is done when an answer comes; only the next key counts.
    await typist.complete(at);
    const pressed = performance.now();
    await typist.type(at, "", "t");
    const labels = await typist.complete(at + 1);
    taken.push(performance.now() - pressed);
    if (!labels.includes("terminationMessagePath")) throw new Error(`completion offers only ${labels.join(", ")}`);
    await typist.type(at, "t\n        ", "");
  }
  return taken;
}

function percentiles(values: readonly number[]): readonly [p50: number, p95: number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return [at(0.5), at(0.95)];
}
