import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { packExtension } from "../../../client/scripts/vsix.mjs";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import { useVsCode } from "../../e2e/support/session";
import { admin } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { createManyApplications } from "../support/manyApplications";
import { useCluster } from "../support/useCluster";
import { Sidebar } from "./sidebar";

const count = 5000;
const patience = { timeout: 45_000, interval: 50 };
const folder = mkdtempSync(join(tmpdir(), "gitops-author-many-"));
const vsix = join(folder, "gitops-author.vsix");
const kubeconfig = join(folder, "kubeconfig");
const workspace = emptyFolder();
const cluster = useCluster();

beforeAll(async () => {
  await packExtension(vsix);
  writeFileSync(kubeconfig, kubeconfigText(cluster(), admin));
  await timed(`${count} Applications made`, () => createManyApplications(cluster(), count));
}, 600_000);
afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

const environment = { KUBECONFIG: kubeconfig, GITOPS_AUTHOR_TEST: folder };
const vsCode = useVsCode(() => ({ vsix, folder: workspace.folder, env: environment }));

test("5,000 Applications are listed, filtered and paged through, and cost the extension host less than 300 MB", async () => {
  const sidebar = new Sidebar(vsCode.workbench);
  const { page } = vsCode.workbench;
  await sidebar.unfold("Clusters");
  await sidebar.row("Context test, not open").waitFor();
  const before = hostMemory();
  await timed("opened until all were shown", async () => {
    await sidebar.press(sidebar.row("Context test"), "Open Context");
    await sidebar.row(`Namespace argocd, ${count} Applications`).waitFor({ timeout: 120_000 });
    await sidebar.unfold("Applications");
    await sidebar.row("Application team-").waitFor();
  });
  await sidebar.fold("Clusters");
  await sidebar.fold("Overlays");

  await timed("scrolled through all projects", async () => {
    await sidebar.row("Application team-").click();
    await vi.waitFor(async () => {
      await page.keyboard.press("End");
      expect(await sidebar.row("Application team-9-service-959").count()).toBe(1);
    }, patience);
  });
  await timed("grouped by cluster", async () => {
    await sidebar.pressTitle("Applications", "Group Applications By");
    await sidebar.pick("Cluster");
    await sidebar.row("Project ").waitFor({ state: "detached" });
  });
  for (const left of [count - 200, count - 400]) {
    await timed(`a page, ${left} left`, async () => {
      await vi.waitFor(async () => {
        await page.keyboard.press("End");
        expect(await sidebar.row(`Show more (${left} left)`).count()).toBe(1);
      }, patience);
      await sidebar.row("Show more").click();
    });
  }
  await timed("filtered to one", async () => {
    await sidebar.pressTitle("Applications", "Filter Applications");
    await sidebar.quickInput.locator("input").fill("service-4321");
    await page.keyboard.press("Enter");
    await sidebar.row("Application team-21-service-4321").waitFor();
  });
  await sidebar.picture("many-applications-light");
  const cost = (): number => hostMemory() - before;
  console.log(`The extension host took ${cost()} MB more than the ${before} MB before.`);
  // What was read and thrown away is given back a while later.
  await vi.waitFor(() => expect(cost()).toBeLessThan(300), patience);
}, 300_000);

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** What the process that runs the extension holds in memory, in MB: found by its arguments and the environment that it was given. */
function hostMemory(): number {
  const hosts = readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || !read(`/proc/${pid}/cmdline`).includes("--type=extensionHost")) return false;
    return read(`/proc/${pid}/environ`).includes(`GITOPS_AUTHOR_TEST=${folder}`);
  });
  const [host] = hosts;
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${host}/status`))?.[1];
  if (hosts.length !== 1 || kilobytes === undefined) throw new Error(`There are ${hosts.length} extension hosts.`);
  return Math.round(Number(kilobytes) / 1024);
}

/** Nothing of a process that has ended, or belongs to somebody else. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
