import { formatGoFloat32 } from "../yaml/goNumber";
import type { Node, Scalar } from "../yaml/node";
import { scalarValue } from "../yaml/scalar";
import { BuildFailure } from "./failure";

/**
 * Makes sure that a configuration can be written as JSON, which upstream does before anything is read from it.
 * @throws BuildFailure at the first number that JSON does not have: infinity, and what is no number.
 */
export function requireJson(node: Node): void {
  if (node.kind === "scalar") requireJsonScalar(node);
  else if (node.kind === "sequence") for (const item of node.items) requireJson(item);
  else for (const { value } of node.entries) requireJson(value);
}

function requireJsonScalar(scalar: Scalar): void {
  const value = scalarValue(scalar);
  if (value.kind !== "float" || Number.isFinite(value.value)) return;
  throw new BuildFailure({
    code: "kustomization/plugin-config",
    severity: "error",
    place: scalar.origin.place,
    message: `\`${scalar.text}\` is a number that a configuration cannot hold.`,
    help: "Put it in quotes.",
    detail: `json: unsupported value: ${formatGoFloat32(value.value)}`,
  });
}
