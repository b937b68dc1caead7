/**
 * `npm test`: sets up what is missing, runs all suites one after the other, tells once more what failed and ends with one
 * line, `N passed, N failed`.
 *
 *   node test/run.mjs [STEP…] [--also STEP…]
 *
 * Without steps all that `npm test` promises are run; `--also` adds to them. Built-in modules only, since this file runs
 * before anything is installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";

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
    secondTry: /./,
    before: needBrowser,
  },
  cluster: {
    title: "Views of clusters over a real API server",
    suite: "cluster",
    before: needBrowser,
    secondTry: /\/editor\//,
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

  const total = { passed: 0, failed: 0, failures: [], repeated: [] };
  const started = Date.now();
  if (!existsSync(join(project, "node_modules"))) await section("Install", { program: npm(), args: ["ci"] });
  for (const name of chosen) {
    const { passed, failed, failures, repeated = [] } = await section(steps[name].title, steps[name]);
    total.passed += passed;
    total.failed += failed;
    total.failures.push(...failures);
    total.repeated.push(...repeated);
  }
  // Whoever reads a long log begins at its end.
  for (const failure of total.repeated) console.log(`\nPASSED ONLY AT THE SECOND TRY ${failure}`);
  for (const failure of total.failures) console.log(`\nFAILED ${failure}`);
  console.log(`\nAll of it took ${seconds(started)}.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

async function section(title, step) {
  console.log(`\n=== ${title}`);
  const started = Date.now();
  let counts;
  try {
    await step.before?.();
    counts = step.suite === undefined ? await runCheck(step) : await runSuite(step);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counts = { passed: 0, failed: 1, failures: [] };
  }
  if (counts.failed > 0 && counts.failures.length === 0) counts.failures = [`${title}: its output above says why`];
  console.log(
    `--- ${title}: ${counts.failed > 0 ? `${counts.failed} FAILED, ` : ""}${counts.passed} ok, ${seconds(started)}`,
  );
  return counts;
}

async function runCheck({ program, args }) {
  const code = await run(program, args);
  return code === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [] };
}

/**
 * Runs one suite of vitest and counts its tests; one that ran no test at all has failed. Of a suite with `secondTry` a few
 * files that failed run once more, each in a new VS Code: a browser and a desktop of processes on two busy cores now and then
 * miss a click. The second try counts, and what the first one said is told at the end all the same.
 */
async function runSuite({ suite, config, minutes, secondTry }) {
  mkdirSync(results, { recursive: true });
  const which = config === undefined ? ["--project", suite] : ["--config", config];
  const first = await runVitest(suite, which, minutes);
  const failing = first.files.filter((file) => file.failures.length > 0);
  const again = secondTry === undefined ? [] : failing.filter((file) => secondTry.test(file.path));
  if (again.length === 0 || again.length < failing.length || again.length > 2) return sumOf(first);

  console.log(`\nOnce more: ${again.map(({ path }) => path).join(", ")}`);
  const second = await runVitest(`${suite}-again`, [...which, ...again.map(({ path }) => path)], minutes);
  const others = first.files.filter((file) => !again.includes(file));
  const repeated = again.filter(({ path }) => second.files.find((file) => file.path === path)?.failures.length === 0);
  const sum = sumOf({ code: second.code, files: [...others, ...second.files] });
  return { ...sum, repeated: repeated.flatMap((file) => file.failures) };
}

/** Runs tests of vitest: its exit code, and of each file its path, how many of its tests passed, and a text for each that did not. */
async function runVitest(name, args, minutes) {
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await run(bin("vitest"), ["run", ...args, ...reporters], minutes);
  if (!existsSync(file)) return { code, files: [] };
  const { testResults } = JSON.parse(readFileSync(file, "utf8"));
  return { code, files: testResults.map(fileResult) };
}

/** A file that could not be loaded has no tests, and would go unnoticed. A skipped test proves nothing. */
function fileResult({ name, status, message, assertionResults }) {
  const path = relative(project, name).replaceAll("\\", "/");
  const others = assertionResults.filter((one) => one.status !== "passed");
  const failures = others.map((one) =>
    // A message may hold all that a window showed.
    [`${path} > ${one.fullName} (${one.status})`, ...one.failureMessages].join("\n").slice(0, 4000),
  );
  if (status === "failed" && failures.length === 0) failures.push(`${path}\n${message}`);
  return { path, passed: assertionResults.length - others.length, failures };
}

function sumOf({ code, files }) {
  const failures = files.flatMap((file) => file.failures);
  const passed = files.reduce((sum, file) => sum + file.passed, 0);
  const isWhole = failures.length > 0 || (passed > 0 && code === 0);
  return { passed, failed: isWhole ? failures.length : 1, failures };
}

/** Runs a program to its end and gives its exit code; one that hangs is ended. */
function run(program, args, minutes = minutesPerStep) {
  return new Promise((finish, fail) => {
    // In one stream, so that a failure stands in the log where it happened.
    const stdio = ["inherit", "inherit", process.stdout.fd];
    const child = spawn(program, args, { cwd: project, stdio, shell: process.platform === "win32" });
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
