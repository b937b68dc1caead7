/**
 * `npm test`: sets up what is missing, runs all suites one after the other and ends with one line, `N passed, N failed`.
 *
 *   node test/run.mjs [STEP…] [--also STEP…]
 *
 * Without steps all that `npm test` promises are run; `--also` adds to them. Built-in modules only, since this file runs
 * before anything is installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "..");
const results = join(project, "node_modules/.cache/gitops-author/results");
const bin = (name) => join(project, "node_modules/.bin", name);

/** A step without `suite` is one check: it passes when its program ends with 0. */
const steps = {
  build: { title: "Build", program: process.execPath, args: ["esbuild.mjs"] },
  architecture: { title: "Architecture", suite: "architecture" },
  types: { title: "Types", program: bin("tsc"), args: ["-b"] },
  lint: { title: "Lint and format", program: bin("biome"), args: ["check", "--error-on-warnings", "."] },
  unit: { title: "Unit tests", suite: "unit" },
  lsp: { title: "Language server over a real connection", suite: "lsp" },
  kubectl: { title: "Engine beside the real kubectl kustomize", suite: "kubectl" },
  registry: { title: "Registry client beside a real registry", suite: "registry" },
  vscode: {
    title: "Extension in a real VS Code",
    suite: "vscode",
    config: "test/e2e/vitest.config.ts",
    before: needBrowser,
  },
  cluster: {
    title: "Views of clusters over a real API server",
    suite: "cluster",
    before: needBrowser,
    // The first run on a machine builds the API server.
    minutes: 60,
  },
  conformance: { title: "Upstream's cases (KUSTOMIZE_CASES)", suite: "conformance" },
  corpus: { title: "Builds of public repositories (CORPUS)", suite: "corpus" },
  findings: { title: "Rules over public repositories (CORPUS)", suite: "findings" },
};
const ordinarySteps = ["build", "architecture", "types", "lint", "unit", "lsp", "kubectl", "registry", "vscode"];
/** How long a step may take that does not say so itself. */
const minutesPerStep = 30;

await main(process.argv.slice(2));

async function main(args) {
  const also = args.includes("--also") ? args.slice(args.indexOf("--also") + 1) : [];
  const named = args.includes("--also") ? args.slice(0, args.indexOf("--also")) : args;
  const chosen = [...(named.length > 0 ? named : ordinarySteps), ...also];
  const unknown = chosen.filter((name) => !Object.hasOwn(steps, name));
  if (unknown.length > 0) throw new Error(`Unknown steps: ${unknown}. There are: ${Object.keys(steps).join(", ")}.`);

  const total = { passed: 0, failed: 0 };
  const started = Date.now();
  if (!existsSync(join(project, "node_modules"))) await section("Install", { program: npm(), args: ["ci"] });
  for (const name of chosen) {
    const { passed, failed } = await section(steps[name].title, steps[name]);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\nAll of it took ${seconds(started)}.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

async function section(title, step) {
  console.log(`\n=== ${title}`);
  const started = Date.now();
  let counts = { passed: 0, failed: 1 };
  try {
    await step.before?.();
    counts = step.suite === undefined ? await runCheck(step) : await runSuite(step);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  console.log(
    `--- ${title}: ${counts.failed > 0 ? `${counts.failed} FAILED, ` : ""}${counts.passed} ok, ${seconds(started)}`,
  );
  return counts;
}

async function runCheck({ program, args }) {
  const code = await run(program, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs one suite of vitest and counts its tests; one that ran no test at all has failed. */
async function runSuite({ suite, config, minutes }) {
  mkdirSync(results, { recursive: true });
  const file = join(results, `${suite}.json`);
  rmSync(file, { force: true });
  const which = config === undefined ? ["--project", suite] : ["--config", config];
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await run(bin("vitest"), ["run", ...which, ...reporters], minutes);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  // A file that could not be loaded has no tests, and would go unnoticed. A skipped test proves nothing.
  const broken = report.testResults.filter(
    (one) => one.status === "failed" && one.assertionResults.length === 0,
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + broken + skipped;
  return { passed, failed: failed === 0 && (passed === 0 || code !== 0) ? 1 : failed };
}

/** Runs a program to its end and gives its exit code; one that hangs is ended. */
function run(program, args, minutes = minutesPerStep) {
  return new Promise((finish, fail) => {
    const child = spawn(program, args, { cwd: project, stdio: "inherit", shell: process.platform === "win32" });
    const timer = setTimeout(() => {
      console.error(`Ended after ${minutes} minutes: ${program} ${args.join(" ")}`);
      child.kill("SIGKILL");
    }, minutes * 60_000);
    child.once("error", fail);
    child.once("close", (code) => {
      clearTimeout(timer);
      finish(code ?? 1);
    });
  });
}

/** The tests in VS Code need Chromium or Chrome. On Debian we install it when we may; else we say how. */
async function needBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const known = [process.env.CHROMIUM ?? "", ...names.map((name) => `/usr/bin/${name}`)];
  if (known.some((file) => file !== "" && existsSync(file))) return;
  const isRoot = process.getuid?.() === 0;
  const mayInstall = existsSync("/usr/bin/apt-get") && (isRoot || succeeds("sudo", ["-n", "true"]));
  if (!mayInstall)
    throw new Error("No Chromium or Chrome is installed. On Debian: sudo apt-get install --yes chromium");
  console.log("Installing Chromium (once, about 40 s)");
  const prefix = isRoot ? [] : ["sudo", "-n"];
  const aptGet = (...args) => run(...split([...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args]));
  await aptGet("update", "--quiet");
  const code = await aptGet("install", "--yes", "--quiet", "--no-install-recommends", "chromium");
  if (code !== 0) throw new Error("Chromium could not be installed. On Debian: sudo apt-get install --yes chromium");
}

function split([program, ...args]) {
  return [program, args];
}

function succeeds(program, args) {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function npm() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
