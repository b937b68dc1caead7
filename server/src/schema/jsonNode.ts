import type { Entry, Node, Scalar } from "../yaml/node";
import type { Place } from "../yaml/source";

/** A value of JSON as a node, so that what reads written schemas reads those that a cluster sends. It stands in no file. */
export function nodeOfJson(value: unknown): Node {
  const origin = { place: nowhere };
  if (Array.isArray(value)) return { kind: "sequence", items: value.map(nodeOfJson), origin };
  if (typeof value !== "object" || value === null) return scalarOf(value);
  const entries = Object.entries(value).map(([key, each]): Entry => ({ key: scalarOf(key), value: nodeOfJson(each) }));
  return { kind: "mapping", entries, origin };
}

const nowhere: Place = { file: { path: "", text: "" }, start: 0, end: 0 };

function scalarOf(value: unknown): Scalar {
  const tag =
    value === null || value === undefined
      ? "null"
      : typeof value === "boolean"
        ? "bool"
        : typeof value === "number"
          ? "float"
          : "str";
  return { kind: "scalar", text: String(value ?? ""), tag, style: "plain", origin: { place: nowhere } };
}
