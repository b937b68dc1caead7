import { execFile } from "node:child_process";
import { chownSync, cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { buildProgram, type CommandEnd, endOf } from "./bumpRepository";
import { temporaryFolder } from "./temporaryFolder";

/** A user that no list of the machine knows, as containers of OpenShift run as. Who is not root cannot become one, and runs as who they are. */
const stranger = process.getuid?.() === 0 ? { uid: strangerOf("uid"), gid: strangerOf("gid") } : {};

/** In some containers root may not become everybody (`man 7 user_namespaces`: lines of `FIRST HOST-FIRST COUNT`); 12345 is nobody's either. */
function strangerOf(kind: "uid" | "gid"): number {
  const map = `/proc/self/${kind}_map`;
  const ranges = existsSync(map) ? readFileSync(map, "utf8").trim().split("\n") : ["0 0 4294967295"];
  const usual = 1_000_640_000;
  const isKnown = ranges.some((range) => {
    const [first = 0, , count = 0] = range.trim().split(/\s+/).map(Number);
    return first <= usual && usual < first + count;
  });
  return isKnown ? usual : 12_345;
}

/** The command as a container runs it. */
export interface Container {
  /** The words before those of the command, for example `node` and the path of the program. */
  readonly program: readonly string[];
  /** The variables hold besides PATH, and no others do. */
  run(folder: string, words: readonly string[], variables?: Readonly<Record<string, string>>): Promise<CommandEnd>;
}

/** Bundles the command; it is run as somebody without a home. */
export function buildContainer(name: string): () => Container {
  const built = dirname(buildProgram(name));
  return () => {
    // Strangers may not look into every folder of a developer.
    const image = temporaryFolder({});
    cpSync(built, image, { recursive: true });
    giveAway(image);
    const program = [process.execPath, join(image, "cli.cjs")];
    return {
      program,
      async run(folder, words, variables = {}) {
        const env = { PATH: process.env["PATH"], ...variables };
        const options = { cwd: folder, env, encoding: "utf8", timeout: 250_000, ...stranger } as const;
        return endOf(promisify(execFile)("/usr/bin/env", [...program, ...words], options));
      },
    };
  };
}

/** Makes the stranger the owner of a folder and of all in it; links are not followed. */
export function giveAway(folder: string): void {
  const { uid, gid } = stranger;
  if (uid === undefined) return;
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveAway(path);
    else if (entry.isFile()) chownSync(path, uid, gid);
  }
}
