import type { PullSecretText } from "../../kubernetes/pullSecret";
import type { Environment } from "../../platform/environment";
import type { FileSystem } from "../../platform/fileSystem";
import type { ImageHome } from "../imageHome";
import { type AuthFile, parseAuthFile } from "./authFile";
import type { Helpers } from "./helperMemory";
import type { FoundLogin } from "./login";
import { findEntry, serverAddress } from "./matchKey";

/** Where logins are looked for. */
export interface LoginSources {
  readonly files: FileSystem;
  readonly environment: Environment;
  readonly helpers: Helpers;
  /** These come first. */
  readonly pullSecrets: readonly PullSecretText[];
}

/** What a login is wanted for. */
export interface LoginWish {
  readonly home: ImageHome;
  /** A person tries it again, so that helpers that failed are asked once more. */
  readonly isRetry?: boolean | undefined;
}

/** A file of logins is some kilobytes. */
const mostBytes = 1024 * 1024;

/**
 * Finds the login for an image: in the given pull secrets, then where Podman and skopeo keep theirs, then in Docker's files. The first that has one wins. A
 * problem does not end the search; it is told when nothing else has a login.
 *
 * @throws RegistryError `cancelled`
 */
export async function findLogin(sources: LoginSources, wish: LoginWish, signal?: AbortSignal): Promise<FoundLogin> {
  const problems: string[] = [];
  for (const read of [...sources.pullSecrets.map(readSecret), ...filesOf(sources)]) {
    const file = await read();
    if (typeof file === "string") problems.push(file);
    if (file === undefined || typeof file === "string") continue;
    const { login, problem } = await searchFile(file, sources.helpers, wish, signal);
    if (login !== undefined) return { login };
    if (problem !== undefined) problems.push(problem);
  }
  return problems.length === 0 ? {} : { problem: problems.join(" ") };
}

/** A file, why it makes no sense, or nothing where there is none. */
type Read = () => Promise<AuthFile | string | undefined>;

function readSecret({ form, text }: PullSecretText): Read {
  const file = parseAuthFile(text, form);
  // Whoever wrote the Secret has no say in which programs run here; for Kubernetes, too, its logins are all that counts.
  const logins = file && { logins: file.logins, helpers: new Map() };
  return async () => logins ?? "The pull secret holds no JSON object.";
}

/** containers-auth.json(5), then `docker config`: the files in the order in which skopeo reads them. */
function filesOf({ files, environment }: LoginSources): readonly Read[] {
  const { home, userId } = environment;
  const ofUser = userId === undefined ? undefined : `/run/containers/${userId}`;
  const ofSession = environment.path("XDG_RUNTIME_DIR");
  const runtime = ofSession === undefined ? ofUser : `${ofSession}/containers`;
  const named = environment.place("REGISTRY_AUTH_FILE");
  const podman = [
    ...(runtime === undefined ? [] : [`${runtime}/auth.json`]),
    `${environment.path("XDG_CONFIG_HOME") ?? `${home}/.config`}/containers/auth.json`,
  ];
  const docker = environment.place("DOCKER_CONFIG");
  const config = (path: string): Read => readPath(files, path, "config");
  return [
    ...(named === undefined ? podman.map(config) : [mustExist(config(named), "REGISTRY_AUTH_FILE", named)]),
    readVariable(environment),
    docker === undefined
      ? config(`${home}/.docker/config.json`)
      : mustExist(config(`${docker}/config.json`), "DOCKER_CONFIG", docker, "config.json"),
    readPath(files, `${home}/.dockercfg`, "dockercfg"),
  ];
}

/** Docker from version 28 on, and GitLab's runners, take the text of a `config.json` from a variable, too. */
function readVariable({ variables }: Environment): Read {
  const text = variables.get("DOCKER_AUTH_CONFIG") ?? "";
  return async () =>
    text === "" ? undefined : (parseAuthFile(text, "config") ?? "The variable DOCKER_AUTH_CONFIG is not valid JSON.");
}

/** Where a variable names a file, nothing there is no login, and worth a word when one is wanted. */
function mustExist(read: Read, variable: string, path: string, file?: string): Read {
  const missing =
    file === undefined ? `and there is no such file` : `where no '${file}' lies; it has to be the folder of that file`;
  return async () => (await read()) ?? `${variable} names '${path}', ${missing}.`;
}

function readPath(files: FileSystem, path: string, form: "config" | "dockercfg"): Read {
  return async () => {
    try {
      const stat = await files.stat(path);
      if (stat === undefined) return undefined;
      if (stat.kind !== "file" || stat.size > mostBytes) return `'${path}' is no file of logins.`;
      const text = new TextDecoder().decode(await files.readFile(path));
      return parseAuthFile(text, form) ?? `'${path}' is not valid JSON; repair it, or log in again.`;
    } catch (error) {
      return `'${path}' cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}

/** A helper for this registry, then the store for all, then what stands in the file itself. */
async function searchFile(
  file: AuthFile,
  helpers: Helpers,
  { home, isRetry }: LoginWish,
  signal: AbortSignal | undefined,
): Promise<FoundLogin> {
  // An empty name says that this registry's login is in the file, whatever the store for all is.
  const helper = findEntry(file.helpers, home) ?? file.store ?? "";
  const server = serverAddress(home.host);
  const asked = helper === "" ? {} : await helpers.ask({ name: helper, server, isRetry, signal });
  const login = asked.login ?? findEntry(file.logins, home);
  return login === undefined ? asked : { login };
}
