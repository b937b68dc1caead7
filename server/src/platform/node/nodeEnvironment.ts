import { homedir } from "node:os";
import { isAbsolute, resolve } from "node:path";
import type { Environment } from "../environment";
import { normalizePath } from "../path";
import { fromNativePath } from "./nativePath";

/** The environment of this process. `variables` stand in for its own in tests. */
export function createNodeEnvironment(variables: NodeJS.ProcessEnv = process.env, home = findHome()): Environment {
  const known = new Map(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return {
    home: fromNativePath(home),
    userId: process.getuid?.(),
    variables: known,
    path(variable) {
      const value = known.get(variable) ?? "";
      return isAbsolute(value) ? normalizePath(fromNativePath(value)) : undefined;
    },
    place(variable) {
      const value = known.get(variable) ?? "";
      return value === "" ? undefined : fromNativePath(resolve(value));
    },
  };
}

/** Users that no list of the machine knows, as containers of OpenShift have, are at home nowhere when HOME does not say it; CRI-O writes `/` then. */
function findHome(): string {
  try {
    return homedir();
  } catch {
    return "/";
  }
}
