import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { buildApiServer, buildEtcd, hasGo } from "./go";
import { versions } from "./versions";

/** The programs of a Kubernetes control plane that the tests start. */
export interface Binaries {
  readonly etcd: string;
  readonly apiServer: string;
}

/**
 * Finds etcd and kube-apiserver in `KUBEBUILDER_ASSETS`, on the PATH, or in our cache; what is missing is built with Go from the published
 * modules and kept. Throws, saying what to do, when there is no Go either.
 */
export async function getBinaries(): Promise<Binaries> {
  return {
    etcd: await getBinary("etcd", versions.etcd, buildEtcd, "about a minute"),
    apiServer: await getBinary("kube-apiserver", versions.kubernetes, buildApiServer, "ten minutes or more"),
  };
}

async function getBinary(
  name: string,
  version: string,
  build: (file: string) => Promise<void>,
  duration: string,
): Promise<string> {
  const cached = join(cacheFolder(), `${name}-${version}`);
  const folders = [process.env["KUBEBUILDER_ASSETS"] ?? "", ...(process.env["PATH"] ?? "").split(delimiter)];
  const candidates = [...folders.filter((folder) => folder !== "").map((folder) => join(folder, name)), cached];
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined) return found;
  if (!(await hasGo())) {
    throw new Error(
      `The tests against a real cluster need ${name}. Set KUBEBUILDER_ASSETS to a folder that holds it, put it on the PATH, ` +
        "or install Go, with which we build it.",
    );
  }
  console.error(`Building ${name} ${version} with Go; this takes ${duration}, once. It is kept as ${cached}.`);
  await build(cached);
  return cached;
}

function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "gitops-author", "cluster");
}
