import { compareBytes } from "../platform/byteOrder";
import { matchTokens, type Token } from "./wildcards";

/** Patterns of paths as Go reads them (`path/filepath`, `Match` and `Glob`), on a system whose paths have slashes. */

/** What is in the files, by paths relative to where the pattern is. */
export interface GlobbedFiles {
  readonly isThere: (path: string) => boolean;
  /** The names in a directory; nothing where there is none. */
  readonly list: (directory: string) => readonly string[];
}

/** Whether a path is a pattern: without one of these letters it only names itself. */
export function isGoPattern(path: string): boolean {
  return /[*?[\\]/.test(path);
}

/**
 * The paths that a pattern matches, those of each directory sorted, and as the pattern begins (`../more/a` of `../more/*`). Names that begin with
 * a dot only match a pattern whose last part does so too (`Glob` of kyaml `filesys/fsondisk.go`). `undefined` for what is no pattern.
 */
export function goGlob(pattern: string, files: GlobbedFiles): readonly string[] | undefined {
  const found = glob(pattern, files);
  const isHidden = (path: string): boolean => path.slice(path.lastIndexOf("/") + 1).startsWith(".");
  return isHidden(pattern) ? found : found?.filter((path) => !isHidden(path));
}

function glob(pattern: string, files: GlobbedFiles): readonly string[] | undefined {
  if (tokenize(pattern) === undefined) return undefined;
  if (!isGoPattern(pattern)) return files.isThere(pattern) ? [pattern] : [];
  const slash = pattern.lastIndexOf("/");
  const directory = slash === 0 ? "/" : slash < 0 ? "." : pattern.slice(0, slash);
  const name = tokenize(pattern.slice(slash + 1));
  const directories = isGoPattern(directory) ? glob(directory, files) : [directory];
  if (name === undefined || directories === undefined) return undefined;
  return directories.flatMap((each) => {
    const names = files.list(each).filter((entry) => matchTokens(name, entry));
    return [...names].sort(compareBytes).map((entry) => join(each, entry));
  });
}

/** `filepath.Join`: the shortest way to write a path. */
function join(directory: string, name: string): string {
  const kept: string[] = [];
  for (const segment of `${directory}/${name}`.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else kept.push(segment);
  }
  return `${directory.startsWith("/") ? "/" : ""}${kept.join("/")}`;
}

/** `undefined` for a pattern that Go refuses. */
function tokenize(pattern: string): readonly Token[] | undefined {
  const letters = [...pattern];
  const tokens: Token[] = [];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? "";
    if (letter === "*") tokens.push({ many: true, fits: () => true });
    else if (letter === "?") tokens.push({ many: false, fits: (each) => each !== "/" });
    else if (letter === "[") {
      const set = toSet(letters, i + 1);
      if (set === undefined) return undefined;
      tokens.push({ many: false, fits: set.isIn });
      i = set.end;
    } else {
      const plain = letter === "\\" ? letters[++i] : letter;
      if (plain === undefined) return undefined;
      tokens.push({ many: false, fits: (each) => each === plain });
    }
  }
  return tokens;
}

/** `[a-c]`, `[^a]` from behind the bracket: letters and ranges, at least one. */
function toSet(
  letters: readonly string[],
  start: number,
): { readonly isIn: (letter: string) => boolean; readonly end: number } | undefined {
  const isNegated = letters[start] === "^";
  const ranges: [low: string, high: string][] = [];
  let i = isNegated ? start + 1 : start;
  const take = (): string | undefined => {
    if (letters[i] === "-" || letters[i] === "]") return undefined;
    if (letters[i] === "\\") i++;
    return letters[i++];
  };
  for (;;) {
    if (letters[i] === "]" && ranges.length > 0) break;
    const low = take();
    if (low === undefined) return undefined;
    let high: string | undefined = low;
    if (letters[i] === "-") {
      i++;
      high = take();
    }
    if (high === undefined || i >= letters.length) return undefined;
    ranges.push([low, high]);
  }
  const isIn = (letter: string): boolean => {
    const isOne = ranges.some(([low, high]) => compareBytes(low, letter) <= 0 && compareBytes(letter, high) <= 0);
    return letter !== "/" && isOne !== isNegated;
  };
  return { isIn, end: i };
}
