import type { Node } from "../yaml/node";
import { leavesOf, type RenderedText, type RenderedValue } from "./renderedText";

/**
 * The rendered values that the text at `offset` of a source file had a part in: values written there, values that it once
 * was, and values that an entry there changed. Those written there come first.
 */
export function renderedFrom(rendered: RenderedText, path: string, offset: number): readonly RenderedValue[] {
  const written: RenderedValue[] = [];
  const touched: RenderedValue[] = [];
  for (const value of leavesOf(rendered)) {
    const part = partOf(value.node, path, offset);
    if (part === "written") written.push(value);
    else if (part === "touched") touched.push(value);
  }
  return [...written, ...touched];
}

function partOf(node: Node, path: string, offset: number): "written" | "touched" | undefined {
  const holds = (place: Node["origin"]["place"]): boolean =>
    place.file.path === path && place.start <= offset && offset <= place.end;
  if (holds(node.origin.place)) return "written";
  for (let current: Node | undefined = node; current !== undefined; current = current.origin.change?.before) {
    if (holds(current.origin.place)) return "touched";
    if (current.origin.change !== undefined && holds(current.origin.change.place)) return "touched";
  }
  return undefined;
}
