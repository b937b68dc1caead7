import type { Scalar } from "../../yaml/node";
import { placeWithin } from "../../yaml/placeWithin";
import type { Field } from "../fields";
import { type KeyValue, sourceFailure } from "./keyValue";

/**
 * Reads a literal `key=value` (upstream: `parseLiteralSource`): it is cut at the first `=`, and one pair of quotes around the
 * value is taken off.
 * @throws BuildFailure at the literal when it has no `=` or no key.
 */
export function readLiteral({ node, path }: Field<Scalar>): KeyValue {
  const { text } = node;
  const equals = text.indexOf("=");
  if (equals < 1) {
    throw sourceFailure("invalid-literal", node.origin.place, {
      message:
        equals < 0 ? `The literal \`${text}\` has no \`=\`.` : `The literal \`${text}\` has no key before its \`=\`.`,
      help: "Write it as `key=value`.",
      detail: `invalid literal source ${text}, expected key=value`,
    });
  }
  const quoted = isQuoted(text.slice(equals + 1));
  const start = equals + (quoted ? 2 : 1);
  const end = text.length - (quoted ? 1 : 0);
  return {
    key: text.slice(0, equals),
    value: text.slice(start, end),
    keyPlace: placeWithin(node, 0, equals),
    valuePlace: placeWithin(node, start, end),
    entry: node.origin.place,
    path,
  };
}

function isQuoted(value: string): boolean {
  const first = value.charAt(0);
  return value.length > 1 && (first === '"' || first === "'") && value.endsWith(first);
}
