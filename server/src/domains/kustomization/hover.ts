import { findCursor } from "../../analysis/cursor";
import type { CursorContext, HoverPart } from "../../analysis/domain";
import { hoverObject } from "../../analysis/objectHover";
import { kindOfTarget } from "../../analysis/objectSchema";
import { readEmbedded } from "../../kustomize/embedded";
import { relativePath } from "../../platform/path";
import { describeField } from "../../schema/describe";
import { kustomizationSchema } from "../../schema/kustomizationSchema";
import { schemaAt } from "../../schema/lookUp";
import type { Snapshot } from "../../workspace/snapshot";
import { getIn, getValue, type Node, textOf } from "../../yaml/node";
import { kindOf } from "./kustomizationFiles";

/** On a key: what the field is for. On a path: what it names. On a value: what its field is for. */
export function hoverKustomization(context: CursorContext): HoverPart | undefined {
  const { snapshot, file, document, cursor } = context;
  if (cursor.node === undefined || cursor.on === "blank") return undefined;
  const inPatch = hoverInlinePatch(context);
  if (inPatch !== undefined) return inPatch;
  const reference = snapshot
    .facts(file.path)
    .references.find(({ place }) => place.start <= cursor.offset && cursor.offset <= place.end);
  if (reference !== undefined && cursor.on === "value") {
    return { markdown: describePath(reference.target, snapshot), place: reference.place };
  }
  const { place } = cursor.node.origin;
  const path = cursor.path;
  const schema = kustomizationSchema(kindOf(document.root));
  const field = path.findLastIndex((step) => typeof step === "string");
  const name = path[field];
  const found = schemaAt(schema, path.slice(0, field + 1));
  if (typeof name !== "string" || found === undefined) return undefined;
  const required = schemaAt(schema, path.slice(0, field))?.required?.includes(name) ?? false;
  return { markdown: describeField(name, found, required), place };
}

/** In a patch that is written in the kustomization: what the schema of the object says that it changes. */
function hoverInlinePatch({
  snapshot,
  file,
  document,
  offset,
  cursor,
  settings,
}: CursorContext): HoverPart | undefined {
  const { node, path } = cursor;
  if (node?.kind !== "scalar" || cursor.on !== "value" || !snapshot.facts(file.path).inlinePatches?.includes(node)) {
    return undefined;
  }
  const inner = readEmbedded(node).findLast(({ start }) => start <= offset);
  if (inner?.root?.kind !== "mapping") return undefined;
  const target = getIn(document.root, [...path.slice(0, -1), "target"]);
  const known = kindOfTarget(snapshot.schemas, (name) => textOf(getValue(target, name)));
  return hoverObject({ snapshot, file, document: inner, offset, cursor: findCursor(inner, offset), settings }, known);
}

/** What stands at a path, in a sentence. */
function describePath(target: string | undefined, snapshot: Snapshot): string {
  if (target === undefined) return "Remote: fetched when the overlay is built.";
  const folder = snapshot.folders.find((each) => target.startsWith(`${each}/`)) ?? "/";
  const shown = `\`${relativePath(folder, target)}\``;
  const kustomization = snapshot.graph.at(target);
  if (kustomization !== undefined) {
    const count = kustomization.references.length;
    return `**${kustomization.kind}** ${shown}\n\nNames ${count} ${count === 1 ? "path" : "paths"}.`;
  }
  const found = snapshot.lookUp(target);
  if (found.kind === "missing") return `${shown} does not exist.`;
  if (found.kind === "directory") return `Directory ${shown}, without a kustomization.`;
  if (found.kind !== "file") return shown;
  const objects = snapshot.documents(target).flatMap(({ root }) => describeObject(root) ?? []);
  if (objects.length === 0) return `File ${shown}`;
  const more = objects.length > 10 ? `\n- and ${objects.length - 10} more` : "";
  return `File ${shown}\n\n${objects
    .slice(0, 10)
    .map((object) => `- ${object}`)
    .join("\n")}${more}`;
}

function describeObject(root: Node | undefined): string | undefined {
  const kind = textOf(getIn(root, ["kind"]));
  const name = textOf(getIn(root, ["metadata", "name"]));
  if (kind === undefined) return undefined;
  return name === undefined ? `\`${kind}\`` : `\`${kind}\` ${name}`;
}
