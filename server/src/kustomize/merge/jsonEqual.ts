import { jsonOfFloat } from "../../yaml/goNumber";
import type { Mapping, Node, Scalar } from "../../yaml/node";
import { scalarValue } from "../../yaml/scalar";
import { isNull } from "./conflict";

/**
 * Whether two values are the same for the operation `test`: numbers by their text in JSON, mappings without regard to order.
 *
 * @param isJson the second value is written as JSON, so the text of its numbers is the one that is written: `1.0` is not `1`.
 */
export function jsonEqual(a: Node, b: Node, isJson: boolean): boolean {
  if (a.kind === "scalar" || b.kind === "scalar") {
    return a.kind === "scalar" && b.kind === "scalar" && jsonText(a) === jsonText(b, isJson);
  }
  if (a.kind === "sequence" || b.kind === "sequence") {
    if (a.kind !== "sequence" || b.kind !== "sequence" || a.items.length !== b.items.length) return false;
    return a.items.every((item, i) => {
      const other = b.items[i];
      return other !== undefined && jsonEqual(item, other, isJson);
    });
  }
  return sameEntries(a, b, isJson);
}

function sameEntries(a: Mapping, b: Mapping, isJson: boolean): boolean {
  const others = new Map(b.entries.map(({ key, value }) => [key.text, value]));
  const mine = new Map(a.entries.map(({ key, value }) => [key.text, value]));
  if (mine.size !== others.size) return false;
  for (const [key, value] of mine) {
    const other = others.get(key);
    if (other === undefined || isNull(value) !== isNull(other) || !jsonEqual(value, other, isJson)) return false;
  }
  return true;
}

function jsonText(scalar: Scalar, isJson = false): string {
  if (isJson && (scalar.tag === "int" || scalar.tag === "float")) return scalar.text;
  const value = scalarValue(scalar);
  switch (value.kind) {
    case "string":
      return JSON.stringify(value.value);
    case "int":
    case "bool":
      return String(value.value);
    case "float":
      return jsonOfFloat(value.value);
    default:
      return "null";
  }
}
