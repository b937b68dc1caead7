import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Clock } from "../../server/src/platform/clock";
import { createNodeEnvironment } from "../../server/src/platform/node/nodeEnvironment";
import { nodeFileSystem } from "../../server/src/platform/node/nodeFileSystem";
import { createNodeHttp } from "../../server/src/platform/node/nodeHttp";
import { nodePrograms } from "../../server/src/platform/node/nodePrograms";
import type { Programs } from "../../server/src/platform/programs";
import { createRegistry } from "../../server/src/registry/ociRegistry";
import { isRegistryError, type Registry, type RegistryError } from "../../server/src/registry/registry";
import type { RegistrySettings } from "../../server/src/registry/services";
import { temporaryFolder } from "./temporaryFolder";

export interface ClientOptions extends Partial<RegistrySettings> {
  /** Files of the home directory, for example `.docker/config.json`. */
  readonly home?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** How long single requests may take, in milliseconds; `undefined` for those that may take as long as the others. */
  readonly timeoutOf?: (url: string) => number | undefined;
  /** Certificates of authorities that it trusts in place of Node's. */
  readonly authorities?: readonly string[];
  /** Runs credential helpers in the place of Node's adapter. */
  readonly programs?: Programs;
  /** False leaves the port for programs out, as where the workspace is not trusted. */
  readonly mayRunPrograms?: boolean;
}

export interface Client extends Registry {
  /** Its home directory. */
  readonly home: string;
  /** Writes a file there. */
  write(path: string, text: string): void;
}

/** Our client with a home directory of its own, over Node's adapters. */
export function openClient({
  home = {},
  variables = {},
  clock,
  timeoutOf,
  authorities,
  programs = nodePrograms,
  mayRunPrograms,
  ...settings
}: ClientOptions = {}): Client {
  const folder = temporaryFolder(home);
  const environment = createNodeEnvironment(variables, folder);
  const http = createNodeHttp({ variables: environment.variables, authorities });
  const registry = createRegistry(
    {
      http: { send: (request) => http.send({ ...request, timeout: timeoutOf?.(request.url) ?? request.timeout }) },
      files: nodeFileSystem,
      programs: mayRunPrograms === false ? undefined : programs,
      clock: clock ?? new QuickClock(),
      environment,
    },
    { insecureHosts: [], ...settings },
  );
  return {
    ...registry,
    home: folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
  };
}

/** A clock whose waits are over at once; it says how long they would have been. */
export class QuickClock implements Clock {
  private time = 0;
  readonly waits: number[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, task: () => void): () => void {
    this.waits.push(milliseconds);
    const timer = setImmediate(() => {
      this.time += milliseconds;
      task();
    });
    return () => clearImmediate(timer);
  }

  yield(): Promise<void> {
    return Promise.resolve();
  }

  /** Lets time pass in which nothing happens. */
  pass(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** The error that a question ends with; throws when it is answered, or when the error is no `RegistryError`. */
export async function failureOf(asked: Promise<unknown>): Promise<RegistryError> {
  const thrown: unknown = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isRegistryError(thrown)) throw new Error("No RegistryError was thrown.", { cause: thrown });
  return thrown;
}
