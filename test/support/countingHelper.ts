import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setVariable } from "./setVariable";
import { temporaryFolder } from "./temporaryFolder";

/** A credential helper on the PATH of the test. */
export interface CountingHelper {
  /** What `credsStore` calls it. */
  readonly name: string;
  /** How often it was started. */
  runs(): number;
  /** From now on it does this, a script of a shell. */
  does(script: string): void;
}

/** Installs a credential helper that counts how often it is started; `script` is what it does then. */
export function countingHelper(script: string): CountingHelper {
  const folder = temporaryFolder({});
  const count = join(folder, "runs");
  const file = join(folder, "docker-credential-counting");
  const does = (what: string): void => {
    writeFileSync(file, `#!/bin/sh\necho x >> "${count}"\n${what}\n`);
    chmodSync(file, 0o755);
  };
  does(script);
  setVariable("PATH", `${folder}:${process.env["PATH"]}`);
  return { name: "counting", runs: () => (existsSync(count) ? readFileSync(count, "utf8").length / 2 : 0), does };
}

/** A script that gives a login. */
export function giving(user: string, secret: string): string {
  return `cat >/dev/null; echo '${JSON.stringify({ Username: user, Secret: secret })}'`;
}
