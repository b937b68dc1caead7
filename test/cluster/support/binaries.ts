import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { takeFromDebian } from "./debian";
import { buildApiServer, buildEtcd, hasGo } from "./go";
import { isOlder, versions } from "./versions";

const execute = promisify(execFile);

/** The programs of a Kubernetes control plane that the tests start. */
export interface Binaries {
  readonly etcd: string;
  readonly apiServer: string;
}

/** The variables by which programs are found: `PATH`, `KUBEBUILDER_ASSETS`, `XDG_CACHE_HOME`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A program that the tests need, and how we get it where it is missing. */
interface Wanted {
  readonly name: string;
  /** The first version that will do. */
  readonly oldest: string;
  /** The version that we build. */
  readonly version: string;
  readonly build: (file: string) => Promise<void>;
  /** How long that takes, in words. */
  readonly duration: string;
  /** The package of Debian that holds it. */
  readonly debian?: string;
}

const etcd: Wanted = {
  ...{ name: "etcd", oldest: "3.5.0", version: versions.etcd, build: buildEtcd, duration: "about a minute" },
  debian: "etcd-server",
};
const apiServer: Wanted = {
  ...{ name: "kube-apiserver", oldest: "1.34.0", version: versions.kubernetes },
  ...{ build: buildApiServer, duration: "ten minutes or more" },
};

/**
 * Finds etcd and kube-apiserver in `KUBEBUILDER_ASSETS`, on the PATH, or in our cache. What is missing or too old comes out of a package of
 * Debian where there is one that is new enough, or else is built with Go from the published modules, and is kept in the cache; nothing is
 * installed. Throws, saying what to do, when there is no Go either.
 */
export async function getBinaries(environment: Environment = process.env): Promise<Binaries> {
  return { etcd: await getBinary(etcd, environment), apiServer: await getBinary(apiServer, environment) };
}

async function getBinary(wanted: Wanted, environment: Environment): Promise<string> {
  const { name, oldest, version, build, duration, debian } = wanted;
  const built = join(cacheFolder(environment), `${name}-${version}`);
  const taken = join(cacheFolder(environment), `${name}-debian`);
  const folders = [environment["KUBEBUILDER_ASSETS"] ?? "", ...(environment["PATH"] ?? "").split(delimiter)];
  const candidates = [...folders.filter((folder) => folder !== "").map((folder) => join(folder, name)), built, taken];
  for (const file of candidates) if (await isNewEnough(file, oldest)) return file;
  if (debian !== undefined) {
    const from = { package: debian, program: `usr/bin/${name}`, oldest, file: taken };
    if ((await takeFromDebian(from, environment)) && (await isNewEnough(taken, oldest))) return taken;
  }
  if (!(await hasGo(environment))) {
    throw new Error(
      `The tests against a real cluster need ${name} ${oldest} or newer. Set KUBEBUILDER_ASSETS to a folder that holds it, ` +
        "put it on the PATH, or install Go, with which we build it.",
    );
  }
  console.error(`Building ${name} ${version} with Go; this takes ${duration}, once. It is kept as ${built}.`);
  await build(built);
  return built;
}

/** Says so of a program that is there and will not do. */
async function isNewEnough(file: string, oldest: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const version = await versionOf(file);
  if (version !== undefined && !isOlder(version, oldest)) return true;
  const why = version === undefined ? "cannot be started" : `is ${version}, and ${oldest} is the oldest that will do`;
  console.error(`${file} is not used: it ${why}.`);
  return false;
}

/** `etcd Version: 3.6.5` and `Kubernetes v1.35.4`: the first number of three parts. */
async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await execute(file, ["--version"], { timeout: 20_000 });
    return /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  } catch {
    return undefined;
  }
}

function cacheFolder(environment: Environment): string {
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "gitops-author", "cluster");
}
