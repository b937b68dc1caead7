import { execFile } from "node:child_process";
import { chownSync, cpSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { buildProgram, type CommandEnd, endOf } from "./bumpRepository";
import { temporaryFolder } from "./temporaryFolder";

/** A user that no list of the machine knows, as containers of OpenShift run as. Who is not root cannot become one, and runs as who they are. */
const stranger = process.getuid?.() === 0 ? { uid: 1_000_640_000, gid: 1_000_640_000 } : {};

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
