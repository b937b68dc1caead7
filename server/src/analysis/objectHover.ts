import { isInside, relativePath } from "../platform/path";
import { type DescribeOptions, describeKind, describeKindField } from "../schema/describeKind";
import type { KnownKind } from "../schema/schemaSource";
import type { Snapshot } from "../workspace/snapshot";
import { getIn, getValue, type Node, textOf } from "../yaml/node";
import type { CursorContext, HoverPart } from "./domain";
import { findKind, followSchema, type Identity } from "./objectSchema";
import type { Settings } from "./settings";

/**
 * In an object: what the field is for at whose key or value the cursor stands, and on apiVersion and kind what the kind is.
 * `target` is the kind of a patch that does not say its own.
 */
export function hoverObject(context: CursorContext, target?: KnownKind): HoverPart | undefined {
  const { snapshot, file, document, cursor, settings } = context;
  const { node } = cursor;
  if (node === undefined || cursor.on === "blank") return undefined;
  const { schemas } = snapshot;
  const identify = (path: readonly (string | number)[]): Identity => identityOf(getIn(document.root, path));
  const known = findKind(identify([]), schemas, file.path) ?? target;
  if (known === undefined) return undefined;
  const options = describeOptions(snapshot, settings);
  const last = cursor.path.findLastIndex((step) => typeof step === "string");
  const name = cursor.path[last];
  if (typeof name !== "string") return undefined;
  const above = cursor.path.slice(0, last);
  const holder = followSchema({ known, identify }, above, schemas);
  const part = (markdown: string): HoverPart => ({ markdown, place: node.origin.place });
  if (holder.path.length === 0 && (name === "apiVersion" || name === "kind")) {
    return part(describeKind(holder.known, options));
  }
  const { schema } = followSchema({ known: holder.known, identify: () => nothing }, [...holder.path, name], schemas);
  if (schema === undefined) return undefined;
  const required = holder.schema?.required?.includes(name) ?? false;
  return part(describeKindField(holder.known, { name, schema, required }, options));
}

/** How things are described in a workspace. */
export function describeOptions(snapshot: Snapshot, settings: Settings | undefined): DescribeOptions {
  const showPath = (path: string): string => {
    const folder = snapshot.folders.find((each) => isInside(each, path));
    return folder === undefined ? path : relativePath(folder, path);
  };
  return { kubernetesVersion: settings?.kubernetesVersion, showPath };
}

const nothing: Identity = { apiVersion: undefined, kind: undefined };

function identityOf(node: Node | undefined): Identity {
  return { apiVersion: textOf(getValue(node, "apiVersion")), kind: textOf(getValue(node, "kind")) };
}
