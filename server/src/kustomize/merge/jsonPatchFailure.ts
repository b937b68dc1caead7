import { type Cause, getValue, type Node } from "../../yaml/node";
import { BuildFailure } from "../failure";
import type { JsonPatchOperation } from "./jsonPatchOperation";
import { describeStop, findPointerStop, type PointerStop, placeOfStep } from "./pointerStop";

/**
 * An operation cannot be done: says where its path, or `from`, leaves the object.
 *
 * @param detail upstream's words.
 * @param root the object as it is when the operation's turn comes.
 */
export function jsonPatchFailure(
  operation: JsonPatchOperation,
  detail: string,
  root: Node,
  cause: Cause,
): BuildFailure {
  const field = leavesFrom(operation, root) ? "from" : "path";
  const written = getValue(operation.node, field);
  const path = operation[field] ?? "";
  const stop = findStop(operation, field, path, root);
  const what = `${operation.op} ${operation.path ?? ""}`.trim();
  const place = (written ?? operation.node).origin.place;
  const isOther = stop === undefined && operation.op === "test";
  const reason = stop !== undefined ? ` ${describeStop(stop, path)}` : isOther ? " Another value stands there." : "";
  return new BuildFailure({
    code: "kustomization/json-patch-failed",
    severity: "error",
    place: stop === undefined || written?.kind !== "scalar" ? place : placeOfStep(written, stop.step),
    message: `The JSON patch cannot be applied: ${what} does not fit the object.${reason}`,
    help: "Check the path against the object as it is when the patch runs; add the parents that are missing first.",
    detail,
    related: [{ place: cause.place, message: "The patch is applied here." }],
    statement: operation.node.origin.place,
    data: { suggestion: stop?.suggestion },
  });
}

function leavesFrom({ op, from }: JsonPatchOperation, root: Node): boolean {
  return (op === "move" || op === "copy") && from !== undefined && findPointerStop(root, from) !== undefined;
}

/** What `add` and its like put at the end of a path need not be there; `replace` makes keys, too. */
function findStop(
  { op }: JsonPatchOperation,
  field: "path" | "from",
  path: string,
  root: Node,
): PointerStop | undefined {
  const stop = findPointerStop(root, path);
  const isLast = stop !== undefined && stop.step === path.split("/").length - 2;
  const makes = field === "path" && op !== "remove" && op !== "test";
  return isLast && makes && stop.within.kind === "mapping" ? undefined : stop;
}
