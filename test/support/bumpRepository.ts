import { execFile } from "node:child_process";
import { join } from "node:path";
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

/** Bundles the command, as the package has it; gives what runs it in a folder. */
export function buildCommand(name: string): (folder: string, ...words: readonly string[]) => Promise<CommandEnd> {
  const bundles = buildBundles(name, ["cli", "images", "connectRegistry", "simpleGit", "yaml", "re2js"]);
  return (folder, ...words) =>
    new Promise((resolve) => {
      const options = { cwd: folder, encoding: "utf8", timeout: 50_000 } as const;
      execFile(process.execPath, [join(bundles, "cli.cjs"), ...words], options, (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, out, err });
      });
    });
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
