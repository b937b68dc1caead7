import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemClock } from "../../client/src/cluster/clock";
import { mergeKubeconfigs } from "../../client/src/cluster/kubeconfig";
import { OpenClusters } from "../../client/src/cluster/openClusters";
import { ApplicationModel } from "../../client/src/features/applications/applicationModel";
import type { ApplicationNode } from "../../client/src/features/applications/applicationNodes";
import { type ApplicationServer, serveApplications } from "./applicationServer";

/*
 * npm run bench:applications
 *
 * Opens a context with 5,000 Applications over a real connection and lets its controller look at each of them once, as Argo CD does every few
 * minutes; measures time, memory and how much the view draws. The server is another process, and no API server. Ends with 1 when a budget is
 * missed.
 */

const count = 5000;
const budgets = { heap: 100, memory: 300, seconds: 30, redraws: 0, work: 250, change: 1 };

if (process.argv[2] === "serve") console.log(JSON.stringify(await serveApplications(count)));
else await measure();

async function measure(): Promise<void> {
  const child = spawn(process.execPath, [process.argv[1] ?? "", "serve"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      await measureAgainst(JSON.parse(line) as ApplicationServer);
      break;
    }
  } finally {
    child.kill();
    await once(child, "close");
  }
}

async function measureAgainst({ url, bytes }: ApplicationServer): Promise<void> {
  const before = heap();
  const resident = process.memoryUsage.rss();
  const clusters = new OpenClusters({ clock: systemClock, namespaces: () => [] });
  const model = new ApplicationModel(clusters);
  const drawn: ApplicationNode[] = [];
  let told = 0;
  let longest = 0;
  let work = 0;
  clusters.onDidChange((change) => {
    // Processor time: others may want the processor too.
    const start = process.cpuUsage();
    const rows = model.update(change);
    told += change.applications.size;
    // VS Code asks for what it is told to draw again.
    const again = rows === "all" ? model.topRows() : rows;
    drawn.push(...again);
    for (const row of again) if (row.type === "cluster" || row.type === "group") draw(model, row);
    const { user, system } = process.cpuUsage(start);
    work += (user + system) / 1000;
    longest = Math.max(longest, (user + system) / 1000);
  });
  const start = performance.now();
  const [context] = mergeKubeconfigs([{ path: "/config", text: kubeconfig(url) }]).contexts;
  if (context === undefined) throw new Error("The kubeconfig has no context.");
  clusters.open(context);
  await until(() => {
    const { state, projects } = clusters.find("bench") ?? {};
    if (state instanceof Error) throw state;
    return state === "live" && projects !== undefined;
  });
  const opened = (performance.now() - start) / 1000;
  const full = heap() - before;
  [told, longest, work] = [0, 0, 0];
  drawn.length = 0;
  const touched = performance.now();
  await fetch(`${url}/touch`, { method: "POST" });
  await until(() => told >= count);
  const taken = (performance.now() - touched) / 1000;
  console.log(`${count} Applications, ${mib(bytes)} MiB as JSON`);
  show("opened in s", opened, budgets.seconds);
  show("heap in MiB", mib(full), budgets.heap);
  show("heap after a look at each in MiB", mib(heap() - before), budgets.heap);
  console.log(`looked at each in s: ${taken.toFixed(1)}`);
  show("rows drawn for looks that found nothing new", drawn.length, budgets.redraws);
  show("longest work of the view on changes at once in ms", longest, budgets.work);
  show("work of the view on each look in ms", work / told, budgets.change);
  // The most that the process ever took, with all that was read and thrown away.
  show("memory at most in MiB", mib(process.resourceUsage().maxRSS * 1024 - resident), budgets.memory);
  clusters.dispose();
}

function draw(model: ApplicationModel, row: ApplicationNode): void {
  if (row.type !== "cluster" && row.type !== "group") return;
  if (row.type === "group") model.summaryOf(row);
  for (const each of model.childRows(row)) draw(model, each);
}

function show(what: string, value: number, budget: number): void {
  const isKept = value <= budget;
  console.log(`${what}: ${Number(value.toFixed(2))} (at most ${budget})${isKept ? "" : " MISSED"}`);
  if (!isKept) process.exitCode = 1;
}

/** What is in use after everything that is not was thrown away, in bytes. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

function mib(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((next) => setTimeout(next, 20));
}

function kubeconfig(server: string): string {
  return [
    "apiVersion: v1",
    "kind: Config",
    `clusters: [{ name: bench, cluster: { server: "${server}", insecure-skip-tls-verify: true } }]`,
    "users: [{ name: bench, user: { token: none } }]",
    "contexts: [{ name: bench, context: { cluster: bench, user: bench } }]",
    "",
  ].join("\n");
}
