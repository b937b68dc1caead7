import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real registry (Debian's `docker-registry`) on loopback. */
export interface DockerRegistry {
  /** For example `127.0.0.1:40123`. */
  readonly host: string;
  /** Where its images lie; other registries may serve the same. */
  readonly storage: string;
  stop(): Promise<void>;
}

export interface DockerRegistryOptions {
  /** Serves what lies there; a folder of its own, gone with the registry, when absent. */
  readonly storage?: string;
  /** Speaks TLS with this certificate. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly auth?:
    | { readonly kind: "htpasswd" }
    /** `certificate` is a file: tokens must be signed by its key. */
    | { readonly kind: "token"; readonly realm: string; readonly certificate: string };
}

/** Who may come in with `auth: htpasswd`. */
export const person = { user: "anna", password: "correct-horse" };

/** Made by `htpasswd -B`; the registry takes bcrypt only. */
const htpasswd = "anna:$2y$04$RPyuW1vt6/eQOc3L0m3qpuLEvkB7iOdG.bfALswgBzWEHfu1SML4i\n";

/** What tokens must name as their audience and their issuer. */
export const tokenService = "registry.test";
export const tokenIssuer = "issuer.test";

/** Starts a registry and waits until it listens. It ends with this process, if nobody stops it before. */
export async function startDockerRegistry(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-registry-"));
  const storage = options.storage ?? join(folder, "images");
  writeFileSync(join(folder, "htpasswd"), htpasswd);
  writeFileSync(join(folder, "config.yml"), JSON.stringify(configOf(options, folder, storage)));
  const child = spawn("docker-registry", ["serve", join(folder, "config.yml")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const host = await listening(child);
  return {
    host,
    storage,
    async stop() {
      process.removeListener("exit", kill);
      const ended = new Promise((resolve) => child.once("close", resolve));
      if (child.exitCode === null) {
        kill();
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The registry's configuration file; JSON is YAML too. */
function configOf({ tls, auth }: DockerRegistryOptions, folder: string, storage: string): object {
  return {
    version: "0.1",
    log: { level: "info", formatter: "text" },
    storage: { filesystem: { rootdirectory: storage }, delete: { enabled: true } },
    http: {
      addr: "127.0.0.1:0",
      ...(tls !== undefined && { tls: { certificate: tls.certificate, key: tls.key } }),
    },
    ...(auth?.kind === "htpasswd" && { auth: { htpasswd: { realm: "registry", path: join(folder, "htpasswd") } } }),
    ...(auth?.kind === "token" && {
      auth: {
        token: {
          realm: auth.realm,
          service: tokenService,
          issuer: tokenIssuer,
          rootcertbundle: auth.certificate,
        },
      },
    }),
  };
}

/** The address that the registry names in its log once it listens. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = "";
    child.stderr?.setEncoding("utf8");
    child.stderr?.on("data", (text: string) => {
      log = `${log}${text}`.slice(-20_000);
      const [, host] = /listening on (127\.0\.0\.1:\d+)/.exec(log) ?? [];
      if (host !== undefined) resolve(host);
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`docker-registry ended with code ${code}:\n${log}`)));
  });
}
