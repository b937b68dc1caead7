/**
 * A workspace as one string. `#- path` opens a file, `#- path/` makes an empty directory, `#- cluster:name` says what an open context
 * holds, as `kubectl get -o yaml` would, `#- HEAD:path` a file as git has it, `#- registry:image` what a registry
 * says of an image; `<|>` is the cursor and `<|…|>` a
 * range. A line of carets under a line expects a finding there: `#   ^^^^ error rule/code: message`. Where the first caret
 * follows the `#` at once, the `#` counts as one too, so that column 0 can be reached. Such lines and markers are taken out.
 */
export interface Fixture {
  /** Texts by absolute path; everything lies in `folder`. */
  readonly files: ReadonlyMap<string, string>;
  readonly directories: readonly string[];
  /** Manifests by the name of the context in which they are. */
  readonly clusters: ReadonlyMap<string, string>;
  /** What git has, by absolute path. */
  readonly committed: ReadonlyMap<string, string>;
  /** What registries say, by image: a mapping as `observeRegistries` reads it. */
  readonly registries: ReadonlyMap<string, string>;
  readonly cursor?: Spot | undefined;
  readonly ranges: readonly Range[];
  readonly expected: readonly Expected[];
}

export interface Spot {
  readonly path: string;
  readonly offset: number;
}

export interface Range {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export interface Expected extends Range {
  readonly severity: string;
  readonly code: string;
  /** The start of the message; absent when any will do. */
  readonly message?: string | undefined;
}

/** The workspace folder of fixtures. */
export const folder = "/ws";

/** Reads a fixture. */
export function parseFixture(text: string): Fixture {
  const files = new Map<string, string>();
  const directories: string[] = [];
  const clusters = new Map<string, string>();
  const committed = new Map<string, string>();
  const registries = new Map<string, string>();
  const found = { cursor: undefined as Spot | undefined, ranges: [] as Range[], expected: [] as Expected[] };
  const parts = text.replace(/^\n/, "").split(/^#- (.*)\n/m);
  for (let i = 1; i < parts.length; i += 2) {
    const name = (parts[i] ?? "").trim();
    const path = `${folder}/${name}`;
    if (name.startsWith("cluster:")) clusters.set(name.slice("cluster:".length), parts[i + 1] ?? "");
    else if (name.startsWith("HEAD:")) committed.set(`${folder}/${name.slice("HEAD:".length)}`, parts[i + 1] ?? "");
    else if (name.startsWith("registry:")) registries.set(name.slice("registry:".length), parts[i + 1] ?? "");
    else if (path.endsWith("/")) directories.push(path.slice(0, -1));
    else files.set(path, takeMarkers(path, takeExpectations(path, parts[i + 1] ?? "", found.expected), found));
  }
  return { files, directories, clusters, committed, registries, ...found };
}

/** A path of a fixture without the folder. */
export function shortPath(path: string): string {
  return path === folder ? "." : path.replace(`${folder}/`, "");
}

const expectation = /^ *#( *\^+) (error|warning|information|hint) ([a-z]+\/[a-z0-9-]+)(?:: (.*))?$/;

function takeExpectations(path: string, text: string, expected: Expected[]): string {
  const kept: string[] = [];
  let offset = 0;
  let lineStart = 0;
  for (const line of text.split("\n")) {
    const match = expectation.exec(line);
    if (match === null) {
      kept.push(line);
      lineStart = offset;
      offset += line.replace(/<\|>|<\||\|>/g, "").length + 1;
      continue;
    }
    const [, carets = "", severity = "", code = "", message] = match;
    const start = carets.startsWith("^") ? line.indexOf("#") : line.indexOf("^");
    const end = line.lastIndexOf("^") + 1;
    expected.push({ path, start: lineStart + start, end: lineStart + end, severity, code, message });
  }
  return kept.join("\n");
}

function takeMarkers(path: string, text: string, found: { cursor: Spot | undefined; ranges: Range[] }): string {
  let result = "";
  let open: number | undefined;
  for (const part of text.split(/(<\|>|<\||\|>)/)) {
    if (part === "<|>") found.cursor = { path, offset: result.length };
    else if (part === "<|") open = result.length;
    else if (part === "|>" && open !== undefined) {
      found.ranges.push({ path, start: open, end: result.length });
      open = undefined;
    } else result += part;
  }
  return result;
}
