import type { CompletionEntry, CursorContext } from "../../analysis/domain";
import { completeSlot, indentsSequences, type SchemaRequest } from "../../analysis/schemaCompletion";
import { describeField } from "../../schema/describe";
import { kustomizationSchema } from "../../schema/kustomizationSchema";
import { schemaAt } from "../../schema/lookUp";
import { findWritePosition } from "../../yaml/writePosition";
import { quoteIfNeeded } from "../../yaml/writeValue";
import { findNames } from "./completeNames";
import { completeInlinePatch } from "./completePatch";
import { completePaths } from "./completePaths";
import { pathFieldAt } from "./pathFields";

/** Fields in canonical order, values, and paths of files. Works on indentation alone, so the document may be half-typed. */
export function completeKustomization(context: CursorContext): readonly CompletionEntry[] {
  const { snapshot, file, offset } = context;
  const position = findWritePosition(file, offset);
  if (position === undefined) return completeInlinePatch(context);
  const root = kustomizationSchema(position.root.at(["kind"])?.text === "Component" ? "Component" : "Kustomization");
  const request: SchemaRequest = {
    file,
    position,
    offset,
    indented: indentsSequences(file.text),
    document: (name, field, required) => ({ documentation: describeField(name, field, required) }),
  };
  return position.slots.flatMap((slot) => {
    const schema = schemaAt(root, slot.container.path);
    if (schema === undefined) return [];
    if (slot.role === "key") return completeSlot(slot, schema, request);
    const path = slot.role === "item" ? [...slot.container.path, slot.container.items.length] : slot.container.path;
    const field = pathFieldAt(path);
    const dash = slot.role === "item" ? "- " : "";
    if (field !== undefined) return completePaths({ snapshot, file, field, path, dash, position });
    const names = findNames(snapshot, file.path, position.root, path);
    return names === undefined ? completeSlot(slot, schema, request) : references(names, request);
  });
}

function references(names: readonly string[], { file, position }: SchemaRequest): CompletionEntry[] {
  const quoted = /["']/.test(file.text[position.word.start - 1] ?? "");
  return names.map((name): CompletionEntry => {
    const text = `${position.needsSpace ? " " : ""}${quoted ? name : quoteIfNeeded(name, position.flow)}`;
    return { label: name, kind: "reference", insert: { place: { file, ...position.word }, text } };
  });
}
