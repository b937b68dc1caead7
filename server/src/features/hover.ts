import { type Hover, MarkupKind } from "vscode-languageserver-types";
import { findCursor } from "../analysis/cursor";
import type { HoverPart } from "../analysis/domain";
import type { Feature, FeatureContext, PositionParameters } from "../analysis/feature";
import { shortText, stepsOf } from "../render/history";
import { objectOf } from "../render/originData";
import { type RenderedValue, valueAt } from "../render/renderedText";
import type { Node } from "../yaml/node";
import { fromPointerStep } from "../yaml/pointerStep";
import { offsetAt, type Place, positionAt } from "../yaml/source";
import { hoverImage } from "./askImage";
import { labelOf } from "./previewTargets";
import { toRange } from "./range";

/** On a source file: what the domains tell. On a rendered document: where the value comes from. */
export const hoverFeature: Feature<PositionParameters, Hover | null> = {
  method: "textDocument/hover",
  capabilities: { hoverProvider: true },
  empty: null,
  async handle({ position }, context) {
    const { document } = context;
    if (document?.kind === "rendered") {
      const text = context.shownBuild(document.root)?.text;
      const value = text && valueAt(text, offsetAt(text.file, position));
      if (text === undefined || value === undefined) return null;
      const place = { file: text.file, start: value.from, end: value.end };
      return toHover([{ markdown: describeOrigin(value, context), place }]);
    }
    if (document === undefined) return null;
    const file = context.snapshot.file(document.path);
    const image = file && (await hoverImage(document.path, offsetAt(file, position), context));
    return toHover([...(image === undefined ? [] : [image]), ...sourceParts(document.path, position, context)]);
  },
};

function sourceParts(path: string, position: PositionParameters["position"], context: FeatureContext): HoverPart[] {
  const { snapshot, domains, settings, observations } = context;
  const file = snapshot.file(path);
  if (file === undefined) return [];
  const offset = offsetAt(file, position);
  const document = snapshot.documents(path).findLast(({ start }) => start <= offset);
  if (document === undefined) return [];
  const cursor = findCursor(document, offset);
  return domains
    .filter((domain) => domain.hover !== undefined && domain.understands(document))
    .flatMap(({ hover }) => hover?.({ snapshot, file, document, offset, cursor, settings, observations }) ?? []);
}

function toHover(parts: readonly HoverPart[]): Hover | null {
  const [first] = parts;
  if (first === undefined) return null;
  const value = parts.map(({ markdown }) => markdown).join("\n\n---\n\n");
  return { contents: { kind: MarkupKind.Markdown, value }, range: toRange(first.place) };
}

/** Where a rendered value is written, and what changed it on the way, oldest first. */
function describeOrigin(value: RenderedValue, context: FeatureContext): string {
  const { kind, name } = objectOf(value.document.root);
  const field = value.pointer.slice(1).split("/").map(fromPointerStep);
  const head = `**${field.join(".") || kind}** of ${kind} ${name}`;
  const steps = stepsOf(value.node).map(({ field: asked, place, note, before, after }) => {
    const change = before === undefined ? `sets ${code(after)}` : `${code(before)} → ${code(after)}`;
    return `1. \`${asked}\` ${link(place, context)}: ${change}${note === undefined ? "" : ` (${note})`}`;
  });
  const origin = `From ${link(value.node.origin.place, context)}: ${code(shortText(asWritten(value.node)))}`;
  return [head, origin, ...(steps.length === 0 ? [] : [`Changed on the way:\n\n${steps.join("\n")}`])].join("\n\n");
}

/** The value as its source has it: a name with a prefix still has the place of the name without. */
function asWritten(node: Node): Node {
  const { file, start } = node.origin.place;
  let written = node;
  for (let before = node.origin.change?.before; before !== undefined; before = before.origin.change?.before) {
    const { place } = before.origin;
    if (place.file === file && place.start === start) written = before;
  }
  return written;
}

/** A value in a code span, short and on one line. */
function code(text: string): string {
  const line = text.replace(/\s*\n\s*/g, " ⏎ ").trim();
  const short = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  return short === "" ? "empty" : `\`${short.replaceAll("`", "'")}\``;
}

/** `overlays/dev/kustomization.yaml:8` as a link to that line. */
function link(place: Place, { snapshot, toUri }: FeatureContext): string {
  const { path } = place.file;
  const line = positionAt(place.file, place.start).line + 1;
  return `[${labelOf(path, snapshot.folders)}:${line}](${toUri(path)}#L${line})`;
}
