import { joinPath } from "../platform/path";
import type { ImageTarget } from "../release/imagePlan";
import { parseArguments, UsageError } from "./arguments";
import type { CommandHost } from "./host";
import { needDirectory } from "./needDirectory";

/** Where logins come from, for the help of all that asks registries. */
export const loginHelp = `Logins are those of 'docker login' and 'podman login'. DOCKER_CONFIG names another folder of Docker's 'config.json', REGISTRY_AUTH_FILE
another file of the same form, such as the '.dockerconfigjson' of a Secret.
`;

export const bumpHelp = `Usage: gitops-author bump DIR --image NAME (--tag T | --digest D) [options]

Changes the tag or digest of one image in the overlay DIR, the way the team writes it, and nothing else. The result is rendered
before anything is written.

  --image NAME               as it is rendered, without tag and digest, or as the name of an entry of 'images'
  --tag T                    writes T; where the entry has a digest, the digest that the registry has for T
  --digest D                 writes D, after the registry was asked whether it has it
  --dry-run                  shows the difference and writes nothing
  --commit                   commits the changed files, and no others, to a new branch
  --push                     commits likewise, and pushes the branch
  --branch NAME              the name of the new branch (with --commit or --push)
  --current-branch           commits to the branch that is checked out, and with --push pushes that
  --offline                  asks no registry
  --insecure-registry HOST   may speak plain HTTP, or show a certificate that cannot be verified; loopback may always
  --format text|json         text (default) is for people

${loginHelp}
Exit: 0 changed or already so, 1 refused, 2 could not run.
`;

/** What a person asks of `bump`. */
export interface BumpRequest {
  /** Absolute path of the overlay. */
  readonly root: string;
  readonly image: string;
  readonly to: ImageTarget;
  readonly dryRun: boolean;
  readonly commit: boolean;
  readonly push: boolean;
  /** What to commit to: a branch to make, `new` for one that we name, `current` for the one that is checked out. */
  readonly branch: { readonly named: string } | "new" | "current";
  readonly offline: boolean;
  readonly insecureHosts: readonly string[];
  readonly json: boolean;
}

/** Reads the command line of `bump`. Throws `UsageError`. */
export function readBumpRequest(words: readonly string[], host: CommandHost): BumpRequest {
  const { positional, flags, values, lists } = parseArguments(words, {
    "--image": "text",
    "--tag": "text",
    "--digest": "text",
    "--dry-run": "flag",
    "--commit": "flag",
    "--push": "flag",
    "--branch": "text",
    "--current-branch": "flag",
    "--offline": "flag",
    "--insecure-registry": "list",
    "--format": ["text", "json"],
  });
  const [written, ...more] = positional;
  const [image, tag, digest] = ["--image", "--tag", "--digest"].map((name) => values.get(name));
  if (written === undefined) throw new UsageError("Say which DIR to change.");
  if (more.length > 0) throw new UsageError(`It takes one DIR and no other word; '${more[0]}' is one more.`);
  if (written === "") throw new UsageError("The name of DIR is empty. Is the variable set that it comes from?");
  if (image === undefined || image === "") throw new UsageError("Say which image to change: '--image NAME'.");
  if (image.includes("=")) throw new UsageError(setImageWords);
  if ((tag === undefined) === (digest === undefined)) throw new UsageError("Give either '--tag' or '--digest'.");
  const push = flags.has("--push");
  const commit = push || flags.has("--commit");
  const named = values.get("--branch");
  const isCurrent = flags.has("--current-branch");
  if (named !== undefined && !commit) throw new UsageError("'--branch' needs '--commit' or '--push'.");
  if (isCurrent && !commit) throw new UsageError("'--current-branch' needs '--commit' or '--push'.");
  if (isCurrent && named !== undefined) throw new UsageError("Give either '--branch' or '--current-branch'.");
  const root = joinPath(host.workingDirectory, host.toPath(written));
  needDirectory(host, root);
  return {
    root: host.syncFileSystem.realPath(root),
    image,
    to: tag === undefined ? { digest } : { tag },
    dryRun: flags.has("--dry-run"),
    commit,
    push,
    branch: named !== undefined ? { named } : isCurrent ? "current" : "new",
    offline: flags.has("--offline"),
    insecureHosts: lists.get("--insecure-registry") ?? [],
    json: values.get("--format") === "json",
  };
}

/** For those who come from `kustomize edit set image NAME=NEW@DIGEST`. */
const setImageWords =
  "Give the name alone: '--image NAME --tag T' or '--image NAME --digest D'. Another 'newName' is written once, by hand.";
