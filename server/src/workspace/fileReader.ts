import { baseName } from "../platform/path";
import type { SourceDocument } from "../yaml/document";
import { readDocuments, rereadDocuments } from "../yaml/read";
import type { SourceFile } from "../yaml/source";
import type { FactExtractor, FileFacts } from "./facts";
import { isScriptName } from "./fileNames";
import { buildGraph, emptyGraph, type KustomizationGraph } from "./graph";

/** Reads the YAML and the facts of a file once for each version of its text. */
export interface FileReader {
  documents(file: SourceFile): readonly SourceDocument[];
  facts(file: SourceFile): FileFacts;
  /** Says that `next` is the text of `file` after an edit, so that of its documents only those are read that the edit touched. */
  follow(file: SourceFile, next: SourceFile): void;
  /** The graph of the facts of all kustomization files by path; the one of before while none of them changed. */
  graph(facts: ReadonlyMap<string, FileFacts>): KustomizationGraph;
}

/** Makes a reader that remembers by file object, so that what nobody holds any more is forgotten. */
export function createFileReader(findFacts: FactExtractor): FileReader {
  const documentsOf = new WeakMap<SourceFile, readonly SourceDocument[]>();
  const factsOf = new WeakMap<SourceFile, FileFacts>();
  // What a text that nobody read yet was before; let go when it is read.
  const before = new WeakMap<SourceFile, readonly SourceDocument[]>();
  const read = (file: SourceFile): readonly SourceDocument[] => {
    const earlier = before.get(file);
    before.delete(file);
    return earlier === undefined ? readDocuments(file) : rereadDocuments(file, earlier);
  };
  const documents = (file: SourceFile): readonly SourceDocument[] => {
    let known = documentsOf.get(file);
    if (known === undefined) {
      known = isScriptName(baseName(file.path)) ? [] : read(file);
      documentsOf.set(file, known);
    }
    return known;
  };
  const facts = (file: SourceFile): FileFacts => {
    let known = factsOf.get(file);
    if (known === undefined) {
      known = findFacts(file, () => documents(file));
      factsOf.set(file, known);
    }
    return known;
  };
  const follow = (file: SourceFile, next: SourceFile): void => {
    const known = documentsOf.get(file) ?? before.get(file);
    if (known !== undefined) before.set(next, known);
  };
  let graphFacts: ReadonlyMap<string, FileFacts> = new Map();
  let knownGraph = emptyGraph;
  const graph = (wanted: ReadonlyMap<string, FileFacts>): KustomizationGraph => {
    const same = wanted.size === graphFacts.size && [...wanted].every(([path, each]) => graphFacts.get(path) === each);
    if (!same) {
      graphFacts = wanted;
      knownGraph = buildGraph(wanted);
    }
    return knownGraph;
  };
  return { documents, facts, follow, graph };
}
