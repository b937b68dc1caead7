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
  const parts = toParts(pattern);
  if (parts === undefined) return undefined;
  if (!isGoPattern(pattern)) return files.isThere(pattern) ? [pattern] : [];
  const slash = pattern.lastIndexOf("/");
  const directory = slash === 0 ? "/" : slash < 0 ? "." : pattern.slice(0, slash);
  const name = toParts(pattern.slice(slash + 1));
  const directories = isGoPattern(directory) ? glob(directory, files) : [directory];
  if (name === undefined || directories === undefined) return undefined;
  return directories.flatMap((each) => {
    const names = files.list(each).filter((entry) => matches(name, [...entry]));
    return [...names].sort(inByteOrder).map((entry) => join(each, entry));
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

/** As Go compares texts: by their bytes, which is by their letters. */
function inByteOrder(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const i = left.findIndex((letter, at) => letter !== right[at]);
  if (i < 0) return left.length - right.length;
  return codeOf(left[i]) - codeOf(right[i]);
}

/** Of no letter at all -1: what ends comes first. */
function codeOf(letter: string | undefined): number {
  return letter?.codePointAt(0) ?? -1;
}

/** One part of a pattern, of which each but a star takes one letter. */
type Part = "*" | ((letter: string) => boolean);

function matches(parts: readonly Part[], letters: readonly string[]): boolean {
  // reached[j]: the parts so far match the first j letters.
  let reached = [true, ...letters.map(() => false)];
  for (const part of parts) {
    const next = reached.map(() => false);
    for (let j = 0; j < reached.length; j++) {
      if (part === "*") next[j] = reached[j] === true || (j > 0 && next[j - 1] === true);
      else if (j > 0) next[j] = reached[j - 1] === true && part(letters[j - 1] ?? "");
    }
    reached = next;
  }
  return reached.at(-1) === true;
}

/** `undefined` for a pattern that Go refuses. */
function toParts(pattern: string): readonly Part[] | undefined {
  const letters = [...pattern];
  const parts: Part[] = [];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? "";
    if (letter === "*") parts.push("*");
    else if (letter === "?") parts.push((each) => each !== "/");
    else if (letter === "[") {
      const set = toSet(letters, i + 1);
      if (set === undefined) return undefined;
      parts.push(set.isIn);
      i = set.end;
    } else {
      const plain = letter === "\\" ? letters[++i] : letter;
      if (plain === undefined) return undefined;
      parts.push((each) => each === plain);
    }
  }
  return parts;
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
    const code = codeOf(letter);
    const isOne = ranges.some(([low, high]) => codeOf(low) <= code && code <= codeOf(high));
    return letter !== "/" && isOne !== isNegated;
  };
  return { isIn, end: i };
}
