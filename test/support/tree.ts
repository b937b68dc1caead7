import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/** A folder of files as one value: what a comparison with the real Kustomize builds. */
export interface Tree {
  /** The folder to build, relative to the tree. */
  readonly root: string;
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

export type TreeEntry =
  | { readonly kind: "file"; readonly content: string | Uint8Array }
  | { readonly kind: "link"; readonly target: string }
  | { readonly kind: "directory" };

/**
 * Reads a tree that is written as one text. A line `#- PATH` opens a file; the directory of the first one is the root.
 * Lines before it say what the tree shows. Words after the path: `crlf` ends lines with CR LF, `bom` puts a byte order
 * mark first, `chomp` drops the last line break, `base64` holds bytes, `link TARGET` makes a symbolic link and
 * `directory` an empty directory.
 */
export function parseTree(text: string): Tree {
  const entries = new Map<string, TreeEntry>();
  const parts = text.split(/^#- (.*)\n/m).slice(1);
  for (let i = 0; i < parts.length; i += 2) {
    const [path = "", ...words] = (parts[i] ?? "").trim().split(" ");
    entries.set(path, entryOf(words, parts[i + 1] ?? ""));
  }
  const [first = "."] = entries.keys();
  return { root: posix.dirname(first), entries };
}

function entryOf(words: readonly string[], body: string): TreeEntry {
  if (words[0] === "link") return { kind: "link", target: words[1] ?? "" };
  if (words[0] === "directory") return { kind: "directory" };
  if (words.includes("base64")) return { kind: "file", content: Buffer.from(body, "base64") };
  let content = words.includes("chomp") ? body.replace(/\n$/, "") : body;
  if (words.includes("crlf")) content = content.replaceAll("\n", "\r\n");
  return { kind: "file", content: words.includes("bom") ? `\uFEFF${content}` : content };
}

/** Writes a tree as the text that `parseTree` reads; the root's kustomization goes first. Only files of text. */
export function formatTree(tree: Tree, description: string): string {
  const isRoot = (path: string) => posix.dirname(path) === tree.root && /kustomization/i.test(posix.basename(path));
  const files = [...tree.entries].sort(([a], [b]) => Number(isRoot(b)) - Number(isRoot(a)));
  const parts = files.map(([path, entry]) => {
    if (entry.kind !== "file") return `#- ${path} ${entry.kind === "link" ? `link ${entry.target}` : "directory"}\n`;
    return formatFile(path, String(entry.content));
  });
  return `${description.replace(/^/gm, "# ")}\n${parts.join("")}`;
}

function formatFile(path: string, content: string): string {
  const words = [path];
  let body = content;
  if (body.startsWith("\uFEFF")) {
    words.push("bom");
    body = body.slice(1);
  }
  if (/\r\n/.test(body) && !/[^\r]\n/.test(body)) {
    words.push("crlf");
    body = body.replaceAll("\r\n", "\n");
  }
  if (!body.endsWith("\n")) {
    words.push("chomp");
    body += "\n";
  }
  return `#- ${words.join(" ")}\n${body}`;
}

/** Writes the tree below `folder` and returns the absolute path of its root. */
export function writeTree(tree: Tree, folder: string): string {
  for (const [path, entry] of tree.entries) {
    const target = join(folder, path);
    mkdirSync(entry.kind === "directory" ? target : dirname(target), { recursive: true });
    if (entry.kind === "file") writeFileSync(target, entry.content);
    if (entry.kind === "link") symlinkSync(entry.target, target);
  }
  return join(folder, tree.root);
}
