import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildOptions } from "../../../server/src/kustomize/build";
import type { Loader } from "../../../server/src/kustomize/loader";
import { memoryLoader } from "../../support/memoryLoader";

/** One case of the collection that `KUSTOMIZE_CASES` names; the format is told in that folder's README. */
export interface Case {
  readonly id: string;
  readonly harness: string;
  readonly root: string;
  readonly requires: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly filesBase64?: Readonly<Record<string, string>>;
  readonly dirs?: readonly string[];
  readonly options: {
    readonly reorder: "none" | "legacy" | "unspecified";
    readonly loadRestrictions: "rootOnly" | "none";
    readonly addManagedbyLabel: boolean;
  };
  readonly expect: {
    readonly yaml?: string;
    readonly yamlDefaultOrder?: string;
    readonly error?: ExpectedError;
    readonly realError?: string;
  };
}

/** Upstream's words: each key that is there is one way to say them. */
export interface ExpectedError {
  readonly equals?: readonly string[];
  readonly contains?: readonly string[];
  readonly containsAny?: readonly (readonly string[])[];
  readonly regexp?: readonly string[];
}

/** Reads all cases, in the order of their ids. */
export function readCases(folder: string): readonly Case[] {
  const directory = join(folder, "cases");
  const cases = readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .map((name): Case => JSON.parse(readFileSync(join(directory, name), "utf8")));
  return cases.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function loaderOf(testCase: Case): Loader {
  const files = new Map<string, string | Uint8Array>(Object.entries(testCase.files));
  for (const [path, content] of Object.entries(testCase.filesBase64 ?? {})) {
    files.set(path, Buffer.from(content, "base64"));
  }
  return memoryLoader(files, [testCase.root, ...(testCase.dirs ?? [])]);
}

export function optionsOf(testCase: Case): BuildOptions {
  const { reorder, loadRestrictions, addManagedbyLabel } = testCase.options;
  return { reorder, loadRestrictions, managedByLabel: addManagedbyLabel };
}
