import { goJsonText } from "../../yaml/goJsonText";
import type { Cause, Mapping, Node, Scalar } from "../../yaml/node";
import { readDocuments } from "../../yaml/read";
import { rewriteDocument } from "../../yaml/rewriteDocument";
import { MergeConflict } from "../merge/conflict";
import { tagWritten } from "../setScalar";
import { editPath } from "./editPath";
import { type FieldPath, lookUp } from "./fieldPath";

/** What to write into a document that stands inside of a scalar. */
export interface StructuredEdit {
  readonly value: Node;
  /** The kind of value to make where the path ends in nothing. */
  readonly create: Node["kind"] | undefined;
  readonly cause: Cause;
}

/**
 * Replaces values in JSON or YAML that is the text of a scalar on the way, for example `data.config\.json.database.host`
 * (upstream's replacement filter, since 5.8.0). The text is written anew: JSON with sorted keys, YAML with its comments.
 *
 * @returns `undefined` when the path leads through no such scalar, or finds nothing in it.
 */
export function editStructured(root: Mapping, path: FieldPath, edit: StructuredEdit): Mapping | undefined {
  const found = findText(root, path);
  if (found === undefined) return undefined;
  const { scalar, length } = found;
  try {
    const text = editedText(scalar, path.slice(length), edit);
    if (text === undefined) return undefined;
    const origin = { place: scalar.origin.place, change: { ...edit.cause, before: scalar, copied: edit.value } };
    const changed: Scalar = { ...scalar, text, origin };
    const { node } = editPath(root, path.slice(0, length), {
      create: undefined,
      set: (old) => (old === scalar ? changed : (old ?? changed)),
      cause: edit.cause,
    });
    return node.kind === "mapping" ? node : undefined;
  } catch (error) {
    if (error instanceof MergeConflict || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The first scalar on the way, if the path goes on behind it. */
function findText(root: Mapping, path: FieldPath): { readonly scalar: Scalar; readonly length: number } | undefined {
  for (let length = 1; length < path.length; length++) {
    try {
      const node = lookUp(root, path.slice(0, length));
      if (node?.kind === "scalar") return { scalar: node, length };
    } catch (error) {
      if (!(error instanceof MergeConflict)) throw error;
    }
  }
  return undefined;
}

function editedText(scalar: Scalar, path: FieldPath, { value, create, cause }: StructuredEdit): string | undefined {
  const [document] = readDocuments({ path: scalar.origin.place.file.path, text: scalar.text });
  if (document?.root === undefined || document.problems.length > 0) return undefined;
  const set = (old: Node | undefined): Node => {
    if (old !== undefined && old.kind !== "scalar") return value;
    const text = value.kind === "scalar" ? value.text : "";
    const style = old?.style ?? "plain";
    return { ...(old ?? value), kind: "scalar", text, tag: tagWritten(text, old?.tag, style), style };
  };
  const { node, found } = editPath(document.root, path, { create, set, cause });
  if (found === 0) return undefined;
  const first = scalar.text.trim()[0];
  if (first !== "{" && first !== "[") return rewriteDocument(scalar.text, document.root, node).trim();
  const indented = scalar.text.includes("\n") && scalar.text.includes("  ");
  return goJsonText(node, indented ? "  " : "");
}
