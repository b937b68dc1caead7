import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeTree } from "../support/tree";
import type { Report } from "./benchDocuments";
import { bigRepository, overlayCount, sharedOverlays } from "./bigRepository";
import { keystrokeLatency } from "./keystrokeLatency";
import { median } from "./measure";

/** How often somebody types into the base. */
const edits = 22;

/** Measures `check` of a large repository, and how long a keystroke in a base that many overlays share takes to show everywhere. */
export async function benchRepository(project: string, scratch: string, report: Report): Promise<void> {
  const folder = writeTree(bigRepository(), join(scratch, "repository"));
  const files = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".yaml")).length;
  report.title(`A repository of ${files} files with ${overlayCount} overlays`);
  benchCheck(project, folder, report);
  await benchKeystroke(project, folder, report);
}

function benchCheck(project: string, folder: string, { show, budget }: Report): void {
  const taken = [1, 2, 3].map(() => {
    const start = performance.now();
    const words = [join(project, "dist/cli.cjs"), "check", "--format", "json"];
    const { stdout, status } = spawnSync(process.execPath, words, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const milliseconds = performance.now() - start;
    if (status !== 0) throw new Error(`check ended with ${status}: ${stdout.slice(0, 2000)}`);
    return milliseconds;
  });
  show("check, whole process, least of 3", Math.min(...taken));
  budget("check, whole process", Math.min(...taken) / 1000, "s", { atMost: 10 });
}

async function benchKeystroke(project: string, folder: string, { show, budget }: Report): Promise<void> {
  const overlays = join(folder, "apps/app-0/overlays");
  const { own, all } = await keystrokeLatency({
    server: join(project, "dist/server.cjs"),
    folder,
    file: join(folder, "apps/app-0/base/deployment.yaml"),
    // A letter more in the name of the Deployment, and every overlay has a patch without a target; a field that is misspelt is found at once.
    edit: (text, round) =>
      round % 2 === 1
        ? text.replace("  name: app-0\n", "  name: app-0x\n").replace("  replicas:", "  replica:")
        : text.replace("  name: app-0x\n", "  name: app-0\n"),
    elsewhere: readdirSync(overlays).map((name) => join(overlays, name, "kustomization.yaml")),
    edits,
  });
  show("a keystroke, until the findings of its file have come", median(own));
  show(`a keystroke, until those of ${sharedOverlays} overlays have come`, median(all));
  budget("findings of the file", median(own), "ms", { atMost: 50 });
  budget("findings of all overlays", median(all), "ms", { atMost: 1000 });
}
