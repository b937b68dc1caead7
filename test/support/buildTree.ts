import { type BuildOptions, type BuildResult, build } from "../../server/src/kustomize/build";
import { emitDocuments } from "../../server/src/yaml/emit";
import { positionAt } from "../../server/src/yaml/source";
import { memoryLoader } from "./memoryLoader";

/** What a test of hostile trees looks at. */
export interface Built {
  readonly text: string;
  readonly complete: boolean;
  /** `path:line code` for each. */
  readonly problems: readonly string[];
  readonly result: BuildResult;
}

/** Builds `/app` of files by absolute path; any content will do. */
export function buildTree(files: Readonly<Record<string, string | Uint8Array>>, options: BuildOptions = {}): Built {
  const result = build("/app", memoryLoader(new Map(Object.entries(files))), options);
  const { text } = emitDocuments(result.resources.map(({ node }) => node));
  const problems = result.problems.map(
    ({ place, code }) => `${place.file.path}:${positionAt(place.file, place.start).line + 1} ${code}`,
  );
  return { text, complete: result.complete, problems, result };
}

/** A ConfigMap as text, with more lines behind its name. */
export function configMap(name: string, rest = ""): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;
}
