import { execFile, spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { Environment } from "./binaries";
import { versions } from "./versions";

const execute = promisify(execFile);

/** How often a build says how far it is, in milliseconds. */
const pace = 20_000;

/** Whether there is a Go that can build. */
export async function hasGo(environment: Environment = process.env): Promise<boolean> {
  try {
    await execute("go", ["version"], { env: { ...environment } });
    return true;
  } catch {
    return false;
  }
}

/** Fetches a published Go module and gives the directory in which Go keeps it, read only. Throws, saying what to do, when there is no Go. */
export async function moduleDirectory(path: string, version: string): Promise<string> {
  if (!(await hasGo())) throw new Error(`The tests against a real cluster need Go, which fetches the module ${path}.`);
  // Outside of any module of ours, so that no go.mod has a say.
  const { stdout } = await execute("go", ["mod", "download", "-json", `${path}@v${version}`], { cwd: "/" });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

/** Builds etcd into `file`; about a minute. */
export async function buildEtcd(file: string): Promise<void> {
  const module = "go.etcd.io/etcd/server/v3";
  await buildProgram({ file, program: module, goMod: `require ${module} v${versions.etcd}\n` });
}

/** Builds kube-apiserver into `file`; some ten minutes on two cores, the first time. */
export async function buildApiServer(file: string): Promise<void> {
  const module = "k8s.io/kubernetes";
  const directory = await moduleDirectory(module, versions.kubernetes);
  // Its own go.mod takes the staging modules out of its source tree, which the published module does not hold.
  const staging = new Set(
    [...readFileSync(join(directory, "go.mod"), "utf8").matchAll(/^\s*(k8s\.io\/[\w.-]+) v0\.0\.0/gm)].map(
      ([, name = ""]) => name,
    ),
  );
  const version = versions.kubernetes.replace(/^1\./, "0.");
  const replaced = [...staging].map((name) => `replace ${name} => ${name} v${version}\n`);
  const flag = `-X k8s.io/component-base/version.gitVersion=v${versions.kubernetes}`;
  await buildProgram({
    file,
    program: `${module}/cmd/kube-apiserver`,
    goMod: `require ${module} v${versions.kubernetes}\n\n${replaced.join("")}`,
    linkerFlags: `-s -w ${flag}`,
  });
}

interface GoProgram {
  readonly file: string;
  /** Its package. */
  readonly program: string;
  readonly goMod: string;
  readonly linkerFlags?: string;
}

/** Builds a program of a published module inside a small module of our own, since `go install` refuses modules with replacements. */
async function buildProgram({ file, program, goMod, linkerFlags = "-s -w" }: GoProgram): Promise<void> {
  const folder = `${file}.build`;
  mkdirSync(folder, { recursive: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(join(folder, "go.mod"), `module build\n\ngo 1.25.0\n\n${goMod}`);
  writeFileSync(join(folder, "main.go"), `package main\n\nimport _ "${program}"\n\nfunc main() {}\n`);
  // Only to let `go mod tidy` see what is needed: a program cannot be imported, yet its module is found.
  await go(folder, ["mod", "tidy", "-e"]);
  await go(folder, ["build", "-v", "-trimpath", "-ldflags", linkerFlags, "-o", `${file}.new`, program]);
  renameSync(`${file}.new`, file);
  rmSync(folder, { recursive: true, force: true });
}

/** Runs Go; what it says goes to our standard error, and of the packages that it compiles their number, so that one sees that something happens. */
function go(folder: string, args: readonly string[]): Promise<void> {
  return new Promise((finish, fail) => {
    const child = spawn("go", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let compiled = 0;
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (/^\S+$/.test(line)) compiled++;
      else console.error(line);
    });
    const timer = setInterval(() => console.error(`${compiled} packages compiled so far`), pace);
    child.once("error", fail);
    child.once("close", (code) => {
      clearInterval(timer);
      if (code === 0) finish();
      else fail(new Error(`'go ${args.join(" ")}' ended with ${code}.`));
    });
  });
}
