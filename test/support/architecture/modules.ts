import { posix } from "node:path";

/** A source file as the rules of the architecture see it. */
export interface Module {
  /** Relative to the project, for example `server/src/yaml/read.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written, for example `../yaml/read` or `node:fs`. */
  readonly specifier: string;
  /** The file it names, relative to the project; absent for packages and built-in modules. */
  readonly target?: string;
}

// `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")` and `require("x")`, types included.
const importPattern = /(?:(?<!")\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)"([^"\n]+)"/g;

/** Reads the imports of all files; relative ones are resolved to files among `sources`. */
export function readModules(sources: ReadonlyMap<string, string>): readonly Module[] {
  return [...sources].map(([path, text]) => ({ path, text, imports: importsOf(path, text, sources) }));
}

function importsOf(path: string, text: string, sources: ReadonlyMap<string, string>): Import[] {
  return [...withoutComments(text).matchAll(importPattern)].map(([, specifier = ""]) => {
    if (!specifier.startsWith(".")) return { specifier };
    const target = posix.join(posix.dirname(path), specifier);
    return { specifier, target: sources.has(`${target}.ts`) ? `${target}.ts` : target };
  });
}

/** Drops comments, so that an example in a docstring is no import. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
