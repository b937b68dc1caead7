import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodePrograms } from "../../server/src/platform/node/nodePrograms";
import type { Programs } from "../../server/src/platform/programs";
import { setVariable } from "./setVariable";
import { temporaryFolder } from "./temporaryFolder";

/** A credential helper on the PATH of the test. */
export interface CountingHelper {
  /** What `credsStore` calls it. */
  readonly name: string;
  /** For the client: counts what it starts, also where the helper is stopped before it has done anything. */
  readonly programs: Programs;
  /** How often it was started. */
  runs(): number;
  /** From now on it does this, a script of a shell. */
  does(script: string): void;
}

/** Installs a credential helper of which is counted how often it is started; `script` is what it does then. */
export function countingHelper(script: string): CountingHelper {
  const folder = temporaryFolder({});
  const file = join(folder, "docker-credential-counting");
  const does = (what: string): void => {
    writeFileSync(file, `#!/bin/sh\n${what}\n`);
    chmodSync(file, 0o755);
  };
  does(script);
  setVariable("PATH", `${folder}:${process.env["PATH"]}`);
  let runs = 0;
  const run: Programs["run"] = (what) => {
    if (what.program === "docker-credential-counting") runs++;
    return nodePrograms.run(what);
  };
  return { name: "counting", programs: { ...nodePrograms, run }, runs: () => runs, does };
}

/** A script that gives a login. */
export function giving(user: string, secret: string): string {
  return `cat >/dev/null; echo '${JSON.stringify({ Username: user, Secret: secret })}'`;
}
