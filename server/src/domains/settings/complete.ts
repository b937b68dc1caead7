import type { CompletionEntry, CursorContext, HoverPart } from "../../analysis/domain";
import { completeSlot, indentsSequences, type SchemaRequest } from "../../analysis/schemaCompletion";
import { describeField } from "../../schema/describe";
import { schemaAt } from "../../schema/lookUp";
import type { Schema } from "../../schema/schema";
import { findWritePosition } from "../../yaml/writePosition";

/** Fields, codes of rules and severities. */
export function completeSettings({ file, offset }: CursorContext, root: Schema): readonly CompletionEntry[] {
  const position = findWritePosition(file, offset);
  if (position === undefined) return [];
  const request: SchemaRequest = {
    ...{ file, position, offset, indented: indentsSequences(file.text) },
    document: (name, field) => ({ documentation: describeField(name, field) }),
  };
  return position.slots.flatMap((slot) => {
    const schema = schemaAt(root, slot.container.path);
    return schema === undefined ? [] : completeSlot(slot, schema, request);
  });
}

/** What a field is for, or what a rule finds. */
export function hoverSettings({ cursor }: CursorContext, root: Schema): HoverPart | undefined {
  if (cursor.node === undefined || cursor.on === "blank") return undefined;
  const field = cursor.path.findLastIndex((step) => typeof step === "string");
  const name = cursor.path[field];
  const schema = schemaAt(root, cursor.path.slice(0, field + 1));
  if (typeof name !== "string" || schema === undefined) return undefined;
  return { markdown: describeField(name, schema), place: cursor.node.origin.place };
}
