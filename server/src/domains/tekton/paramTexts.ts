import { handedOn } from "../../tekton/contract";
import { type Scalar, textOf } from "../../yaml/node";
import type { Call } from "./call";
import type { Callee } from "./callees";

/** A text that a parameter of a Task may have at run time, where it is written: at a caller, or as a default. */
export interface ParamText {
  readonly text: string;
  readonly scalar: Scalar;
}

/**
 * The texts that a parameter of what a call calls gets: the one that is handed over, or its default. What the caller hands on from a
 * parameter of its own is that one's default, of which every run may say something else.
 */
export function findParamText(call: Call, callee: Callee, name: string): ParamText | undefined {
  const given = call.params.find((each) => each.name === name);
  if (given === undefined) return plainText(callee.params.find((each) => each.name === name)?.default);
  const handed = handedOn(textOf(given.value) ?? "");
  if (handed === undefined) return plainText(given.value);
  return plainText(call.outer?.find((each) => each.name === handed)?.default);
}

function plainText(node: Call["params"][number]["value"]): ParamText | undefined {
  if (node?.kind !== "scalar" || node.tag === "null" || node.text === "") return undefined;
  return /\$\(|\{\{|\$\{/.test(node.text) ? undefined : { text: node.text, scalar: node };
}
