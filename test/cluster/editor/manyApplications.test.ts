import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import { useVsCode } from "../../e2e/support/session";
import { admin } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { createManyApplications, type ManyApplications } from "../support/manyApplications";
import { packedExtension } from "../support/packedExtension";
import { useCluster } from "../support/useCluster";
import { Sidebar } from "./sidebar";

const count = 5000;
const folder = mkdtempSync(join(tmpdir(), "gitops-author-many-"));
const kubeconfig = join(folder, "kubeconfig");
const workspace = emptyFolder();
const cluster = useCluster();
let many: ManyApplications;

beforeAll(async () => {
  writeFileSync(kubeconfig, kubeconfigText(cluster(), admin));
  await timed(`${count} Applications made`, async () => {
    many = await createManyApplications(cluster(), count);
  });
}, 600_000);
afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

const environment = { KUBECONFIG: kubeconfig, GITOPS_AUTHOR_TEST: folder };
const vsCode = useVsCode(async () => ({ vsix: await packedExtension(), folder: workspace.folder, env: environment }));

test("5,000 Applications are listed, filtered, paged through and looked at again, and cost the extension host less than 300 MB at any time", async () => {
  const sidebar = new Sidebar(vsCode.workbench);
  const { popUps } = vsCode.workbench;
  await sidebar.unfold("Clusters");
  await sidebar.row("Context test, not open").waitFor();
  const before = hostMemory();
  const show = (when: string): void => {
    const { now, most } = hostMemory();
    console.log(
      `The extension host ${when}: ${now - before.now} MB more than ${before.now}, ${most - before.now} at most.`,
    );
  };
  await timed("opened until all were shown", async () => {
    await sidebar.press(sidebar.row("Context test"), "Open Context");
    await sidebar.row(`Namespace argocd, ${count} Applications`).waitFor({ timeout: 120_000 });
    await sidebar.unfold("Applications");
    await sidebar.row("Project team-0, Applications: 100").waitFor();
  });
  show("when all were there");
  await sidebar.fold("Clusters");
  await sidebar.fold("Overlays");

  await timed("a project unfolded", async () => {
    await sidebar.open(sidebar.row("Project team-0"));
    await sidebar.row("Application team-0-service-0").waitFor();
  });
  await timed("scrolled through all projects", async () => {
    await sidebar.lastRow("Applications", "Project team-49,");
  });
  await sidebar.picture("many-applications-light");
  await timed("grouped by cluster", async () => {
    await sidebar.pressTitle("Applications", "Group Applications By");
    await popUps.pick("Cluster");
    await sidebar.row("Project ").waitFor({ state: "detached" });
  });
  for (const left of [count - 200, count - 400]) {
    await timed(`a page, ${left} left`, async () => {
      await popUps.pressAway(await sidebar.lastRow("Applications", `Show more (${left} left)`));
    });
  }
  await timed("filtered to one", async () => {
    await sidebar.pressTitle("Applications", "Filter Applications");
    await popUps.accept("service-4321");
    await sidebar.row("Application team-21-service-4321").waitFor();
  });
  show("after looking around");

  // A watch tells in the order of the changes: the last one comes after all the others.
  for (const [turn, health] of ["Degraded", "Healthy", "Degraded", "Healthy"].entries()) {
    const others = Array.from({ length: 499 }, (_, index) => index * 8 + 1);
    await timed(`500 looked at again, which are ${health} now`, async () => {
      await many.look([...others, 4321], turn + 2, health);
      await sidebar.row(`Application team-21-service-4321, ${health}`).waitFor();
    });
  }
  show("after 2,000 changes");
  expect(hostMemory().most - before.now).toBeLessThan(300);
});

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** What the process that runs the extension holds in memory, and held at most, in MB: found by its arguments and the environment that it was given. */
function hostMemory(): { readonly now: number; readonly most: number } {
  const hosts = readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || !read(`/proc/${pid}/cmdline`).includes("--type=extensionHost")) return false;
    return read(`/proc/${pid}/environ`).includes(`GITOPS_AUTHOR_TEST=${folder}`);
  });
  if (hosts.length !== 1) throw new Error(`There are ${hosts.length} extension hosts.`);
  const status = read(`/proc/${hosts[0]}/status`);
  const megabytes = (field: string): number => {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
    if (kilobytes === undefined) throw new Error(`The status of the extension host has no ${field}.`);
    return Math.round(Number(kilobytes) / 1024);
  };
  return { now: megabytes("VmRSS"), most: megabytes("VmHWM") };
}

/** Nothing of a process that has ended, or belongs to somebody else. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
