/** A remote of a git repository, as its configuration says. */
export interface Remote {
  /** For example `origin`. */
  readonly name: string;
  /** For example `git@github.com:wpernath/book-example.git`. */
  readonly url: string;
}

/** One line `name = value` of a git configuration file, with its section. */
interface Variable {
  /** In lower case, for example `remote`. */
  readonly section: string;
  /** What stands in quotes behind it, for example `origin`; empty when nothing does. */
  readonly subsection: string;
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/**
 * The remotes that the configuration of a repository names (the file format is that of the manual page `git-config`), their
 * addresses rewritten as `url.BASE.insteadOf` says. Files that it includes are not followed. A remote with several addresses counts once
 * for each. What cannot be understood is passed over.
 */
export function parseRemotes(text: string): readonly Remote[] {
  const variables = parseVariables(text);
  const rewrites = variables
    .filter(({ section, name, value }) => section === "url" && name === "insteadof" && value !== "")
    .map(({ subsection, value }) => ({ from: value, to: subsection }))
    .sort((a, b) => b.from.length - a.from.length);
  return variables
    .filter(({ section, name, value }) => section === "remote" && name === "url" && value !== "")
    .map(({ subsection, value }) => {
      // The longest one that fits counts.
      const rewrite = rewrites.find(({ from }) => value.startsWith(from));
      const url = rewrite === undefined ? value : rewrite.to + value.slice(rewrite.from.length);
      return { name: subsection, url };
    });
}

/** The branch that a `HEAD` file names: `main` of `ref: refs/heads/main`; `undefined` when a commit is checked out. */
export function parseHead(text: string): string | undefined {
  const branch = /^ref:\s*refs\/heads\/(\S+)/.exec(text)?.[1];
  // What a repository writes there that keeps its references in another format.
  return branch === ".invalid" ? undefined : branch;
}

/** The commit that a file `packed-refs` has for a reference, for example for `refs/heads/main`. */
export function findPackedReference(text: string, reference: string): string | undefined {
  const end = text.indexOf(` ${reference}\n`);
  return end < 0 ? undefined : text.slice(text.lastIndexOf("\n", end) + 1, end);
}

function parseVariables(text: string): readonly Variable[] {
  const variables: Variable[] = [];
  let section = "";
  let subsection = "";
  // A backslash at the end of a line continues the value on the next.
  const lines = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  for (const line of lines.split(/(?<!(?<!\\)(?:\\\\)*\\)\n/)) {
    const [head, name = "", quoted, rest = ""] =
      /^\s*\[\s*([-.A-Za-z0-9]+)\s*(?:"((?:[^"\\]|\\.)*)"\s*)?\](.*)$/s.exec(line) ?? [];
    if (head !== undefined) {
      const [first = "", ...others] = name.split(".");
      section = first.toLowerCase();
      // `[remote.origin]` is an old way to write it; it is always in lower case.
      subsection = quoted?.replace(/\\(.)/g, "$1") ?? others.join(".").toLowerCase();
    }
    const variable = /^\s*([A-Za-z][-A-Za-z0-9]*)\s*(?:=(.*))?$/s.exec(head === undefined ? line : rest);
    if (variable === null) continue;
    const value = variable[2] === undefined ? "true" : parseValue(variable[2]);
    variables.push({ section, subsection, name: (variable[1] ?? "").toLowerCase(), value });
  }
  return variables;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["b", "\b"],
  ["\n", ""],
]);

/** A value without quotes, escapes, the comment behind it and blanks around it. */
function parseValue(written: string): string {
  let value = "";
  // How much of the value stays even if nothing but blanks follows.
  let kept = 0;
  let isQuoted = false;
  for (const [part] of written.trimStart().matchAll(/\\?[\s\S]/g)) {
    if (part === '"') {
      isQuoted = !isQuoted;
      kept = value.length;
    } else if (part.length > 1) {
      const escaped = part.slice(1);
      value += escapes.get(escaped) ?? escaped;
      kept = value.length;
    } else if (!isQuoted && (part === "#" || part === ";")) break;
    else {
      value += part;
      if (isQuoted || part.trim() !== "") kept = value.length;
    }
  }
  return value.slice(0, kept);
}
