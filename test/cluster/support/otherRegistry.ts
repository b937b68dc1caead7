import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const version = "0.20.2";
const module = "github.com/google/go-containerregistry";

/** It prints the address at which it listens. */
const source = `package main

import (
	"fmt"
	"net"
	"net/http"

	"${module}/pkg/registry"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr())
	panic(http.Serve(listener, registry.New(registry.WithReferrersSupport(true))))
}
`;

/** A registry that keeps its images in memory. */
export interface OtherRegistry {
  /** For example `127.0.0.1:40123`. */
  readonly host: string;
  stop(): void;
}

/**
 * Starts the registry of go-containerregistry, which knows referrers (OCI distribution 1.1) and gives pages without links, both unlike Debian's. It is built with
 * Go from the published module in some seconds, once, and kept in the cache.
 */
export async function startOtherRegistry(): Promise<OtherRegistry> {
  const child = spawn(build(), [], { stdio: ["ignore", "pipe", "ignore"] });
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  for await (const host of createInterface({ input: child.stdout })) return { host, stop };
  throw new Error("The registry ended before it listened.");
}

function build(): string {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "gitops-author", "cluster");
  const file = join(cache, `other-registry-${version}`);
  if (existsSync(file)) return file;
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-go-"));
  try {
    writeFileSync(join(folder, "main.go"), source);
    writeFileSync(join(folder, "go.mod"), "module build\n\ngo 1.21\n");
    const go = (...args: readonly string[]) =>
      execFileSync("go", args, { cwd: folder, stdio: "pipe", timeout: 300_000 });
    go("get", `${module}@v${version}`);
    go("build", "-o", "registry", ".");
    mkdirSync(cache, { recursive: true });
    renameSync(join(folder, "registry"), `${file}.new`);
    renameSync(`${file}.new`, file);
    return file;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
