import { baseName } from "../platform/path";
import type { FileFacts } from "../workspace/facts";
import { isKustomizationName } from "../workspace/fileNames";
import type { Definition, Mention } from "../workspace/symbols";
import type { SourceDocument } from "../yaml/document";
import { getIn } from "../yaml/node";
import type { SourceFile } from "../yaml/source";
import type { Domain } from "./domain";
import { findReferences, type NameReference, objectNameOf } from "./nameReference";
import { objectsWithin } from "./objectsWithin";
import { isTemplated } from "./templates";

/** What the documents of a file name and mention, by the declarations of all domains. */
export function findSymbols(
  file: SourceFile,
  documents: () => readonly SourceDocument[],
  domains: readonly Domain[],
): Pick<FileFacts, "definitions" | "mentions" | "broken"> {
  if (!/^[ \t]*["']?kind["']?:/m.test(file.text) && !isKustomizationName(baseName(file.path))) return {};
  const references = referencesOf(domains);
  const definitions: Definition[] = [];
  const mentions: Mention[] = [];
  let broken = false;
  for (const document of documents()) {
    if (isTemplated(document)) continue;
    if (document.problems.length > 0) broken = true;
    if (document.root === undefined || document.problems.length > 0) continue;
    for (const node of objectsWithin(document.root)) {
      if (node.kind !== "mapping") continue;
      const object = objectNameOf(node);
      const name = getIn(node, ["metadata", "name"]);
      if (object !== undefined && name !== undefined) definitions.push({ object, place: name.origin.place });
      for (const { node: _, ...mention } of findReferences(node, references)) mentions.push(mention);
    }
    for (const domain of domains) {
      const parts = domain.findParts?.(document);
      if (parts === undefined) continue;
      definitions.push(...parts.definitions);
      mentions.push(...parts.mentions);
    }
  }
  return {
    ...(definitions.length > 0 && { definitions }),
    ...(mentions.length > 0 && { mentions }),
    ...(broken && { broken }),
  };
}

const known = new WeakMap<readonly Domain[], readonly NameReference[]>();

/** The declarations of all domains as one list, the same for every file. */
function referencesOf(domains: readonly Domain[]): readonly NameReference[] {
  let references = known.get(domains);
  if (references === undefined) {
    references = domains.flatMap((domain) => domain.references ?? []);
    known.set(domains, references);
  }
  return references;
}
