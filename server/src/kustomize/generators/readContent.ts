import { isLoaded, loadFailure, type Root, tryFile } from "../loadFile";
import type { Reading } from "../reading";
import type { ReadContent } from "./keyValue";

/** Reads files below a root for generators, which also take what is no text. */
export function contentReader(reading: Reading, root: Root): ReadContent {
  return (path, place) => {
    const outcome = tryFile(reading, root, path);
    if (isLoaded(outcome)) return { source: outcome };
    const found = outcome.kind === "binary" ? reading.lookUp(outcome.path) : undefined;
    if (found?.kind === "file") return { source: found.source, bytes: found.bytes };
    throw loadFailure(outcome, root, path, place);
  };
}
