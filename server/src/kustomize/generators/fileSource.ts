import type { Scalar } from "../../yaml/node";
import { placeWithin } from "../../yaml/placeWithin";
import type { Field } from "../fields";
import { type KeyValue, type ReadContent, sourceFailure } from "./keyValue";

/**
 * Reads an entry of `files`: `path`, whose last part becomes the key, or `key=path` (upstream: `ParseFileSource`).
 * @throws BuildFailure at the entry when it has more than one `=`, no key or no path, or when the file cannot be read.
 */
export function readFileSource({ node, path: pointer }: Field<Scalar>, read: ReadContent): KeyValue {
  const { text } = node;
  const entry = node.origin.place;
  const parts = text.split("=");
  if (parts.length > 2) {
    throw sourceFailure("invalid-file-source", entry, {
      message: `\`${text}\` has more than one \`=\`.`,
      help: "Write `key=path`; neither may contain `=`.",
      detail: `source "${text}" key name or file path contains '='`,
    });
  }
  const [first = "", second] = parts;
  const key = second === undefined ? baseName(first) : first;
  const path = second ?? first;
  if (second !== undefined && (key === "" || path === "")) throw incomplete(node, key);
  const keyLength = second === undefined ? text.length : key.length;
  const { source, bytes } = read(path, placeWithin(node, text.length - path.length, text.length));
  return {
    key,
    value: bytes ?? source.text,
    keyPlace: placeWithin(node, 0, keyLength),
    valuePlace: { file: source, start: 0, end: source.text.length },
    entry,
    path: pointer,
  };
}

function incomplete({ text, origin }: Scalar, key: string) {
  const what = key === "" ? "key" : "path";
  return sourceFailure("invalid-file-source", origin.place, {
    message: `\`${text}\` has no ${what} ${key === "" ? "before" : "behind"} its \`=\`.`,
    help: "Write `key=path`, or only the path.",
    detail:
      key === ""
        ? `missing key name for file path "${text.slice(1)}" in source "${text}"`
        : `missing file path for key name "${key}" in source "${text}"`,
  });
}

/** The last part of a path, as Go's `path.Base` gives it. */
function baseName(path: string): string {
  if (path === "") return ".";
  const trimmed = path.replace(/\/+$/, "");
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}
