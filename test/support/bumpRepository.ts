import { type ChildProcess, execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildBundles } from "./builtServer";
import { type GitRepository, gitRepository } from "./gitRepository";

/** Two digests that look like some. */
export const [digestA, digestB] = ["a", "b"].map((letter) => `sha256:${letter.repeat(64)}`) as [string, string];

/** How a run of the command ended. */
export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A run of the command, and the process that it is. */
export type CommandRun = Promise<CommandEnd> & { readonly child: ChildProcess };

/** Bundles the command, as the package has it; gives the path of the program. */
export function buildProgram(name: string): string {
  return join(buildBundles(name, ["cli", "images", "connectRegistry", "simpleGit", "yaml", "re2js"]), "cli.cjs");
}

/** The same; gives what runs it in a folder. */
export function buildCommand(name: string): (folder: string, ...words: readonly string[]) => CommandRun {
  const program = buildProgram(name);
  return (folder, ...words) => {
    const options = { cwd: folder, encoding: "utf8", timeout: 250_000 } as const;
    const run = promisify(execFile)(process.execPath, [program, ...words], options);
    return Object.assign(endOf(run), { child: run.child });
  };
}

/** How a process ended, whatever its code. */
export function endOf(run: Promise<{ readonly stdout: string; readonly stderr: string }>): Promise<CommandEnd> {
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    // What ends with another code than 0 is an answer too; a process that was killed has no code.
    ({ code, stdout, stderr }) => ({ code: typeof code === "number" ? code : -1, out: stdout, err: stderr }),
  );
}

/** A team's repository: a base, and overlays that write the image each in a way of its own. */
export function bumpRepository(image: string, digest = digestA): GitRepository {
  const overlay = (images: string): string => `# An overlay of ours.\nresources:\n- ../../base\n\n${images}`;
  return gitRepository({
    "config/base/kustomization.yaml": "resources:\n- deployment.yaml\n",
    "config/base/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      containers:
      - name: app
        image: ${image}:1
      - name: proxy
        image: registry.example/proxy:4 # stays
`,
    "config/overlays/dev/kustomization.yaml": overlay(
      `images:\n# The pipeline writes this.\n- name: ${image}\n  digest: ${digest} # of main\n\nnamePrefix: dev-\n`,
    ),
    "config/overlays/stage/kustomization.yaml": overlay(`images:\n- {name: '${image}', newTag: "1.0"}\n`),
    "config/overlays/prod/kustomization.yaml": overlay("namePrefix: prod-\n"),
  });
}
