import type { SourceDocument } from "../yaml/document";
import { getValue, type Mapping, type Node } from "../yaml/node";
import type { Place, SourceFile } from "../yaml/source";
import type { Problem } from "./problem";

/** The objects that a file of resources holds. */
export interface ObjectsRead {
  readonly objects: readonly Mapping[];
  /** Not empty: upstream reads nothing from the file. The objects are then those that could be read. */
  readonly problems: readonly Problem[];
}

/**
 * Takes the objects out of the documents of a file, as Kustomize does (upstream: `kio.ByteReader`, `resource.Factory`):
 * empty documents are passed over, lists are opened, and everything else needs a kind and a name.
 */
export function objectsOf(file: SourceFile, documents: readonly SourceDocument[]): ObjectsRead {
  const problems = documents.flatMap((document) => yamlProblems(file, document));
  const queue: Node[] = [];
  for (const { root } of documents) {
    if (root === undefined) continue;
    const opened = documents.length === 1 ? openSingleList(root) : undefined;
    for (const node of opened ?? [root]) if (!isEmpty(node)) queue.push(node);
  }
  const objects: Mapping[] = [];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i];
    if (node === undefined) continue;
    const problem = identityProblem(node);
    if (problem !== undefined || node.kind !== "mapping") {
      if (problem !== undefined) problems.push(problem);
      continue;
    }
    const items = openList(node);
    if (items === undefined) objects.push(node);
    else if ("code" in items) problems.push(items);
    else queue.push(...items.filter((item) => !isEmpty(item)));
  }
  return { objects, problems };
}

function yamlProblems(file: SourceFile, document: SourceDocument): readonly Problem[] {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  return document.problems.map((problem) => ({
    code: problem.code,
    severity: "error",
    place: { file, start: problem.start, end: problem.end },
    message: problem.message,
    help: problem.help,
    detail: `MalformedYAMLError: yaml: ${problem.detail ?? problem.message} in File: ${name}`,
  }));
}

/** A file with one `List` or `ResourceList` is its items. */
function openSingleList(root: Node): readonly Node[] | undefined {
  const kind = scalarText(getValue(root, "kind"));
  if (kind !== "List" && kind !== "ResourceList") return undefined;
  const items = getValue(root, "items");
  if (items === undefined) return getValue(root, "functionConfig") === undefined ? undefined : [];
  return items.kind === "sequence" ? items.items : [];
}

/** The items of an object whose kind ends in `List`; they come behind everything else in the file. */
function openList(node: Mapping): readonly Node[] | Problem | undefined {
  const kind = scalarText(getValue(node, "kind"));
  if (!kind.endsWith("List")) return undefined;
  const items = getValue(node, "items");
  if (items === undefined) return undefined;
  if (items.kind === "sequence") return items.items;
  if (items.kind === "scalar" && items.tag === "null") return [];
  return {
    code: "kustomization/list-without-items",
    severity: "error",
    place: items.origin.place,
    message: `The items of a ${kind} must be a list.`,
    help: "Write each object as an entry of the list.",
    detail: `expected array in ${kind}/items, but found`,
  };
}

/** What Kustomize asks of every object: a kind, and a name unless it is a list. */
export function identityProblem(node: Node): Problem | undefined {
  const metadata = getValue(node, "metadata");
  const kind = scalarText(getValue(node, "kind"));
  const place = headOf(node);
  const hasMetadata = metadata?.kind === "mapping" && metadata.entries.length > 0;
  if (kind === "" && getValue(node, "op") !== undefined && getValue(node, "path") !== undefined) {
    return {
      code: "kustomization/not-an-object",
      severity: "error",
      place,
      message: "This is one operation of a JSON patch; such a patch is a list of operations.",
      help: "Put `- ` before its first line, and indent the others as far.",
      detail: "missing Resource metadata",
    };
  }
  if (node.kind !== "mapping" || (kind === "" && !hasMetadata && scalarText(getValue(node, "apiVersion")) === "")) {
    return {
      code: "kustomization/not-an-object",
      severity: "error",
      place,
      message: "This is not a Kubernetes object: it has no apiVersion, kind and metadata.",
      help: "Write an object with apiVersion, kind and metadata.name, or take the file out of the kustomization.",
      detail: "missing Resource metadata",
    };
  }
  if (kind === "") {
    return {
      code: "kustomization/missing-kind",
      severity: "error",
      place,
      message: "This object has no kind.",
      help: "Add the field `kind`.",
      detail: "missing kind in object",
    };
  }
  if (kind.endsWith("List") || scalarText(getValue(metadata, "name")) !== "") return undefined;
  return { ...namelessWords(kind, metadata), ...nameless, place: placeOfName(metadata) ?? place };
}

const nameless = {
  code: "kustomization/missing-name",
  severity: "error",
  detail: "missing metadata.name in object",
} as const;

function namelessWords(kind: string, metadata: Node | undefined): Pick<Problem, "message" | "help"> {
  if (getValue(metadata, "generateName") === undefined) {
    return { message: `This ${kind} has no name.`, help: "Add the field `metadata.name`." };
  }
  return {
    message: `This ${kind} has a \`generateName\` but no name, which Kustomize demands.`,
    help: "Write `name` in its place; what has to be made anew each time belongs outside of the kustomization.",
  };
}

/** Where the name of an object is, or would be looked for. */
function placeOfName(metadata: Node | undefined): Place | undefined {
  if (metadata?.kind !== "mapping") return metadata?.origin.place;
  const generated = metadata.entries.find(({ key }) => key.text === "generateName");
  return generated?.key.origin.place ?? headOf(metadata);
}

/** The first key of a mapping: where a person looks for what is missing in it. */
export function headOf(node: Node): Place {
  const first = node.kind === "mapping" ? node.entries[0] : undefined;
  return (first?.key ?? node).origin.place;
}

function isEmpty(node: Node): boolean {
  if (node.kind === "scalar") return node.tag === "null";
  return node.kind === "mapping" ? node.entries.length === 0 : node.items.length === 0;
}

function scalarText(node: Node | undefined): string {
  return node?.kind === "scalar" && node.tag !== "null" ? node.text : "";
}
