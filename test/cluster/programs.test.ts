import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder";
import { type Environment, getBinaries } from "./support/binaries";
import { startProgram } from "./support/program";
import { isOlder, versions } from "./support/versions";

const patience = { timeout: 90_000, interval: 50 };

describe("the programs of a cluster", () => {
  /** A folder with programs that say only their version. */
  function fakes(programs: Readonly<Record<string, string>>): string {
    const folder = temporaryFolder({});
    for (const [name, said] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho '${said}'\n`, { mode: 0o755 });
    }
    return folder;
  }

  function keepQuiet(): readonly string[] {
    const said: string[] = [];
    const spy = vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
    onTestFinished(() => spy.mockRestore());
    return said;
  }

  test("are taken from KUBEBUILDER_ASSETS before the PATH, and from there before the cache", async () => {
    const assets = fakes({ etcd: "etcd Version: 3.6.5" });
    const path = fakes({ etcd: "etcd Version: 3.6.5", "kube-apiserver": "Kubernetes v1.34.0" });
    const environment = { KUBEBUILDER_ASSETS: assets, PATH: `/nowhere:${path}`, XDG_CACHE_HOME: "/nowhere" };
    expect(await getBinaries(environment)).toEqual({
      etcd: join(assets, "etcd"),
      apiServer: join(path, "kube-apiserver"),
    });
  });

  test("are passed over, saying why, when they are too old or cannot be started", async () => {
    const said = keepQuiet();
    const old = fakes({ etcd: "etcd Version: 3.4.23", "kube-apiserver": "Kubernetes v1.33.9" });
    const broken = fakes({ etcd: "?" });
    const cache = fakes({});
    mkdirSync(join(cache, "gitops-author/cluster"), { recursive: true });
    for (const [name, line] of [
      [`etcd-${versions.etcd}`, "etcd Version: 3.6.5"],
      [`kube-apiserver-${versions.kubernetes}`, "Kubernetes v1.35.4"],
    ] as const) {
      const file = join(cache, "gitops-author/cluster", name);
      writeFileSync(file, `#!/bin/sh\necho '${line}'\n`);
      chmodSync(file, 0o755);
    }
    const found = await getBinaries({ PATH: `${old}:${broken}`, XDG_CACHE_HOME: cache });
    expect(found.etcd).toBe(join(cache, `gitops-author/cluster/etcd-${versions.etcd}`));
    expect(said).toEqual([
      `${join(old, "etcd")} is not used: it is 3.4.23, and 3.5.0 is the oldest that will do.`,
      `${join(broken, "etcd")} is not used: it cannot be started.`,
      `${join(old, "kube-apiserver")} is not used: it is 1.33.9, and 1.34.0 is the oldest that will do.`,
    ]);
  });

  test("that are nowhere, and cannot be got, are a failure that says what to do", async () => {
    const nothing: Environment = { PATH: temporaryFolder({}), XDG_CACHE_HOME: temporaryFolder({}) };
    await expect(getBinaries(nothing)).rejects.toThrow(
      "The tests against a real cluster need etcd 3.5.0 or newer. Set KUBEBUILDER_ASSETS to a folder that holds it, put it on the PATH, or install Go",
    );
  });

  test("have versions that are compared by number", () => {
    expect(isOlder("3.4.23-4+b4", "3.5.0")).toBe(true);
    expect(isOlder("3.10.0", "3.5.0")).toBe(false);
    expect(isOlder("1.34.0", "1.34.0")).toBe(false);
  });
});

describe("a program that a test started", () => {
  test("ends when the test process is killed", async () => {
    const folder = temporaryFolder({});
    const runner = await startRunner(folder);
    const pid = await pidIn(folder);
    expect(isRunning(pid)).toBe(true);
    runner.kill("SIGKILL");
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), patience);
  });

  test("leaves nothing behind when the test stops it", async () => {
    const folder = temporaryFolder({});
    const program = startProgram(
      "/bin/sh",
      ["-c", `echo $$ > ${join(folder, "pid")}; exec sleep 3600`],
      join(folder, "log"),
    );
    const pid = await pidIn(folder);
    await program.stop();
    expect(isRunning(pid)).toBe(false);
    expect(program.ended()).toContain("SIGTERM");
  });
});

/** A process of its own, bundled by esbuild, that starts a program. */
async function startRunner(folder: string): Promise<ChildProcess> {
  const { build } = await import("esbuild");
  const outfile = join(folder, "runner.mjs");
  const entry = join(import.meta.dirname, "support/startSleeper.ts");
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm" });
  const runner = spawn(process.execPath, [outfile, folder], { stdio: "ignore" });
  onTestFinished(() => void runner.kill("SIGKILL"));
  return runner;
}

async function pidIn(folder: string): Promise<number> {
  const file = join(folder, "pid");
  await vi.waitFor(() => expect(existsSync(file) && readFileSync(file, "utf8").endsWith("\n")).toBe(true), patience);
  return Number(readFileSync(file, "utf8"));
}

/** One that ended and whom nobody asked for its result is still listed, as a zombie. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return /^[^Z\s]/.test(stdout.trim());
}
