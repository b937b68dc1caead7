import { URI } from "vscode-uri";
import type { RequestedDocument } from "../analysis/feature";
import { normalizePath } from "../platform/path";
import { renderedPath, renderedScheme, rootOfRendered } from "../protocol/rendered";

/** The path of a `file:` URI; `undefined` for other schemes and for what is no URI. A drive letter becomes lower case. */
export function toPath(uri: string): string | undefined {
  const parsed = parseUri(uri);
  return parsed?.scheme === "file" && parsed.path !== "" ? pathOf(parsed) : undefined;
}

/** The `file:` URI of a path. */
export function toUri(path: string): string {
  const shared = /^\/\/([^/]+)(\/.*)$/.exec(path);
  return (
    shared ? URI.from({ scheme: "file", authority: shared[1] ?? "", path: shared[2] ?? "/" }) : fileUri(path)
  ).toString();
}

/** What a URI names: a file, or the rendered document of a root; `undefined` for anything else. */
export function toDocument(uri: string): RequestedDocument | undefined {
  const parsed = parseUri(uri);
  if (parsed === undefined || parsed.path === "") return undefined;
  if (parsed.scheme === "file") return { kind: "source", path: pathOf(parsed) };
  if (parsed.scheme !== renderedScheme) return undefined;
  const root = rootOfRendered(pathOf(parsed));
  return root === undefined ? undefined : { kind: "rendered", root };
}

/** The URI of the rendered document of a root. */
export function toRenderedUri(root: string): string {
  return URI.from({ scheme: renderedScheme, path: renderedPath(root) }).toString();
}

function fileUri(path: string): URI {
  return URI.from({ scheme: "file", path });
}

function parseUri(uri: string): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}

function pathOf({ authority, path }: URI): string {
  const plain = normalizePath(path);
  const lower = /^\/[A-Z]:/.test(plain) ? `/${plain.charAt(1).toLowerCase()}${plain.slice(2)}` : plain;
  return authority === "" ? lower : `//${authority}${lower}`;
}
