import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import type { Environment } from "../environment";
import { normalizePath } from "../path";
import { fromNativePath } from "./nativePath";

/** The environment of this process. `variables` stand in for its own in tests. */
export function createNodeEnvironment(variables: NodeJS.ProcessEnv = process.env, home = homedir()): Environment {
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
  };
}
