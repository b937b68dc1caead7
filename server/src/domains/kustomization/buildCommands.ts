/** The flag with its value, in the forms of shells and of lists of arguments, also over two lines of such a list. */
const freeFlag =
  /--load[-_]restrictor["']?(?:=|[ \t]*,[ \t]*|[ \t]*\n[ \t]*-[ \t]+|[ \t]+)["']?(?:LoadRestrictionsNone|none)\b["']?/g;

/** What stands for the flag while lines are looked at: one word. */
const marker = "--load-restrictor=none";

/** Flags of `kustomize build` whose value is the next word. */
const withValue: ReadonlySet<string> = new Set([
  "-o",
  "--output",
  "-e",
  "--env",
  "--helm-command",
  "--helm-api-versions",
  "--helm-kube-version",
  "--mount",
  "--network-name",
  "--reorder",
]);

/**
 * What a text (a Makefile, a script, a workflow, options of a deployer) builds without load restrictions: the directories that it
 * names, as written; `true` when it cannot be told which (`$(DIR)`, options kept in a variable); `undefined` when it builds none so.
 * Comments do not count. The flag and its values are those of `kustomize build`.
 */
export function findFreeBuilds(text: string): true | readonly string[] | undefined {
  if (!/--load[-_]restrictor/.test(text)) return undefined;
  const directories = new Set<string>();
  for (const line of linesOf(text)) {
    for (const command of line.split(/\d?[|;&<>]+/)) {
      if (!command.includes(marker) || !isMeant(command)) continue;
      const built = builtBy(command);
      if (built === undefined || (isRelative(built) && changesDirectory(text))) return true;
      if (!isRepository(built)) directories.add(built);
    }
  }
  return directories.size > 0 ? [...directories] : undefined;
}

/** The lines without comments; those that go on after a `\` as one. */
function linesOf(text: string): readonly string[] {
  const joined = text
    .replaceAll("\r", "")
    .replace(/\\\n[ \t]*/g, " ")
    .replace(freeFlag, marker);
  return joined.split("\n").map((line) => line.replace(/(?:^|\s)#.*$/, ""));
}

/** Whether the flag is an argument or an option that somebody keeps, not a word of a sentence. */
function isMeant(command: string): boolean {
  if (/^[\s@-]*(?:echo|printf)\b/.test(command)) return false;
  if (/kustomize/i.test(command)) return true;
  const before = command.slice(0, command.indexOf(marker)).replace(/["'`(]+$/, "");
  const words = before.split(/[\s,]+/).filter((word) => !/^["'`(]*-{1,2}[a-z]/.test(word) && word !== "");
  return /^$|[:=(>|[-]["'`(]*$/.test(words.at(-1) ?? "");
}

/** The directory that a command builds; `undefined` when it is no command or a variable says which. */
function builtBy(command: string): string | undefined {
  if (/\bxargs\b/.test(command)) return undefined;
  const words = command.split(/[\s,]+/).map((word) => word.replace(/^["'`([]+|["'`)\]]+$/g, ""));
  const tool = words.findIndex((word) => /kustomize/i.test(word));
  const isOfKubectl = words[tool] === "kustomize" && words.slice(0, tool).some((word) => /(?:kubectl|oc)$/i.test(word));
  const verb = isOfKubectl ? tool : words.indexOf("build", tool);
  if (tool < 0 || verb < 0) return undefined;
  const named = words
    .slice(verb + 1)
    .find((word, i, rest) => word !== "" && !word.startsWith("-") && !withValue.has(rest[i - 1] ?? ""));
  if (named === undefined) return ".";
  return /[$*?{}%~`\\]|^\//.test(named) ? undefined : named;
}

function isRelative(directory: string): boolean {
  return directory === "." || directory.startsWith("..");
}

function changesDirectory(text: string): boolean {
  return /\b(?:cd|pushd|working-directory|workingDir|dir)\b|\bmake\b.* -C/.test(text);
}

function isRepository(directory: string): boolean {
  return directory.includes("://") || /^(?:git@|github\.com\/)/.test(directory);
}
