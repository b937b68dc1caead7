import { isKustomizationName } from "../kubernetes/kustomizationFileNames";
import { baseName } from "../platform/path";
import type { FileFacts } from "../workspace/facts";
import type { Definition, Mention, Symbols } from "../workspace/symbols";
import type { SourceDocument } from "../yaml/document";
import { getIn } from "../yaml/node";
import type { SourceFile } from "../yaml/source";
import { DocumentMemory, type MovePlace } from "./documentMemory";
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
  const memory = memoryOf(domains);
  const all = documents().map((document) =>
    memory.symbols.recall(document, () => symbolsOf(document, domains, memory.references)),
  );
  const definitions = all.flatMap((each) => each.definitions);
  const mentions = all.flatMap((each) => each.mentions);
  const broken = documents().some((document) => document.problems.length > 0 && !isTemplated(document));
  return {
    ...(definitions.length > 0 && { definitions }),
    ...(mentions.length > 0 && { mentions }),
    ...(broken && { broken }),
  };
}

/** What one document names and mentions; nothing when it is not YAML, or none yet. */
function symbolsOf(
  document: SourceDocument,
  domains: readonly Domain[],
  references: readonly NameReference[],
): Symbols {
  const definitions: Definition[] = [];
  const mentions: Mention[] = [];
  const { root, problems } = document;
  if (root === undefined || problems.length > 0 || isTemplated(document)) return { definitions, mentions };
  for (const node of objectsWithin(root)) {
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
  return { definitions, mentions };
}

interface Memory {
  /** The declarations of all domains as one list, the same for every file. */
  readonly references: readonly NameReference[];
  readonly symbols: DocumentMemory<Symbols>;
}

const memories = new WeakMap<readonly Domain[], Memory>();

function memoryOf(domains: readonly Domain[]): Memory {
  let memory = memories.get(domains);
  if (memory === undefined) {
    const references = domains.flatMap((domain) => domain.references ?? []);
    memory = { references, symbols: new DocumentMemory(moveSymbols) };
    memories.set(domains, memory);
  }
  return memory;
}

function moveSymbols({ definitions, mentions }: Symbols, move: MovePlace): Symbols {
  return {
    definitions: definitions.map((each) => ({ ...each, place: move(each.place) })),
    mentions: mentions.map((each) => ({ ...each, place: move(each.place) })),
  };
}
