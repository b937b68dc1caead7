import { toPointer } from "../../kubernetes/json";
import { joinPath, parentPath } from "../../platform/path";
import type { FileFacts, PathReference } from "../../workspace/facts";
import { noFacts } from "../../workspace/facts";
import type { SourceDocument } from "../../yaml/document";
import type { Node, Scalar } from "../../yaml/node";
import type { Place, SourceFile } from "../../yaml/source";
import { liftsRestrictions } from "./deployers";
import { field, hasKustomizationName, isKustomization, kindOf } from "./kustomizationFiles";
import { isRemote, type PathField, pathFields } from "./pathFields";

/** What a kustomization file says about itself and others, and any file about how kustomizations are built. */
export function findFacts(file: SourceFile, documents: () => readonly SourceDocument[]): FileFacts {
  const own = findOwnFacts(file, documents);
  const lifted = liftsRestrictions(file);
  return lifted === undefined ? own : { ...own, liftsRestrictions: lifted };
}

function findOwnFacts(file: SourceFile, documents: () => readonly SourceDocument[]): FileFacts {
  if (!hasKustomizationName(file.path)) return noFacts;
  const document = documents().find(({ root, problems }) => root !== undefined || problems.length > 0);
  if (document === undefined) return { kustomization: "Kustomization", references: [] };
  if (!isKustomization(document)) return noFacts;
  const inlinePatches = findInlinePatches(document);
  return {
    kustomization: kindOf(document.root),
    references: findReferences(document),
    ...(inlinePatches.length > 0 && { inlinePatches }),
  };
}

/** Every path that a kustomization names, in the order of the text. */
export function findReferences(document: SourceDocument): readonly PathReference[] {
  const references: PathReference[] = [];
  for (const pathField of pathFields) {
    collect(document.root, pathField, 0, [], (node, path) => {
      const reference = referenceOf(node, path, pathField);
      if (reference !== undefined) references.push(reference);
    });
  }
  return references.sort((a, b) => a.place.start - b.place.start);
}

/** The texts of patches that stand in the kustomization itself. */
function findInlinePatches({ root }: SourceDocument): readonly Scalar[] {
  const itemsOf = (name: string): readonly Node[] => {
    const list = field(root, name);
    return list?.kind === "sequence" ? list.items : [];
  };
  const texts = [
    ...itemsOf("patches").map((item) => field(item, "patch")),
    ...itemsOf("patchesJson6902").map((item) => field(item, "patch")),
    ...itemsOf("patchesStrategicMerge"),
  ];
  return texts.flatMap((node) => (node?.kind === "scalar" && node.text.includes(":") ? [node] : []));
}

function collect(
  node: Node | undefined,
  pathField: PathField,
  depth: number,
  path: readonly (string | number)[],
  visit: (node: Scalar, path: readonly (string | number)[]) => void,
): void {
  const step = pathField.path[depth];
  if (step === undefined) {
    if (node?.kind === "scalar" && node.tag !== "null" && node.text !== "") visit(node, path);
  } else if (step !== "*") {
    collect(field(node, step), pathField, depth + 1, [...path, step], visit);
  } else if (node?.kind === "sequence") {
    for (const [i, item] of node.items.entries()) collect(item, pathField, depth + 1, [...path, i], visit);
  }
}

function referenceOf(node: Scalar, path: readonly (string | number)[], field: PathField): PathReference | undefined {
  const equals = field.keyed === true ? node.text.indexOf("=") + 1 : 0;
  const text = node.text.slice(equals);
  if (text === "" || (field.inline === true && /\n|: |^[[{]/.test(text))) return undefined;
  // Any file may be fetched from a URL; the short forms of repositories name directories only.
  const remote = /^https?:\/\//.test(text) || (field.remote === true && isRemote(text));
  return {
    field: String(path[0]),
    path: toPointer(path),
    text,
    place: placeOfPath(node, text),
    ...(remote ? {} : { target: joinPath(parentPath(node.origin.place.file.path), text) }),
    expects: field.expects,
  };
}

/** The path alone: without quotes and without the key of `key=path`. */
function placeOfPath(node: Scalar, text: string): Place {
  const { file, start, end } = node.origin.place;
  const at = file.text.slice(start, end).lastIndexOf(text);
  return at < 0 ? node.origin.place : { file, start: start + at, end: start + at + text.length };
}
