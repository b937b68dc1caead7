import type { CompletionEntry, CursorContext } from "../../analysis/domain";
import { completeObject } from "../../analysis/objectCompletion";
import { kindOfTarget } from "../../analysis/objectSchema";
import { completeSlot, indentsSequences } from "../../analysis/schemaCompletion";
import { schemaAt } from "../../schema/lookUp";
import type { Schema } from "../../schema/schema";
import type { KnownKind } from "../../schema/schemaSource";
import type { Snapshot } from "../../workspace/snapshot";
import { findBlockText } from "../../yaml/blockText";
import type { OutlineNode } from "../../yaml/outline";
import type { SourceFile } from "../../yaml/source";
import { lineEnd } from "../../yaml/textEdit";
import { findWritePosition } from "../../yaml/writePosition";

/** Completion in the text of a patch that stands in the kustomization itself, as a block scalar. */
export function completeInlinePatch({ snapshot, file, offset }: CursorContext): readonly CompletionEntry[] {
  const block = findBlockText(file, offset);
  if (block === undefined) return [];
  const around = findWritePosition({ path: file.path, text: block.outer }, lineEnd(file.text, block.header));
  const path = around?.slots.find(({ role }) => role === "value")?.container.path;
  if (around === undefined || path === undefined || !isPatchText(path)) return [];
  const inner: SourceFile = { path: file.path, text: block.inner };
  const position = findWritePosition(inner, offset);
  if (position === undefined) return [];
  const request = { file, position, offset, indented: indentsSequences(block.inner) };
  const first = block.inner.trimStart();
  if (path[0] !== "patchesStrategicMerge" && (path[0] === "patchesJson6902" || first.startsWith("-"))) {
    return position.slots.flatMap((slot) => {
      const schema = schemaAt(operations, slot.container.path);
      return schema === undefined ? [] : completeSlot(slot, schema, { ...request, document: documentOperation });
    });
  }
  const target = findTarget(around.root.at([...path.slice(0, -1), "target"]), snapshot);
  return completeObject({ ...request, snapshot, patch: true, target });
}

function isPatchText(path: readonly (string | number)[]): boolean {
  const [field, , last] = path;
  if (field === "patchesStrategicMerge") return path.length === 2;
  return (field === "patches" || field === "patchesJson6902") && path.length === 3 && last === "patch";
}

/** The kind that a target names. */
function findTarget(target: OutlineNode | undefined, snapshot: Snapshot): KnownKind | undefined {
  const textOf = (name: string): string | undefined => target?.entries.get(name)?.text;
  return kindOfTarget(snapshot.schemas, textOf);
}

/** A JSON patch (RFC 6902). */
const operations: Schema = {
  type: "array",
  items: {
    type: "object",
    required: ["op", "path"],
    properties: new Map<string, Schema>([
      [
        "op",
        {
          type: "string",
          description: "What to do.",
          values: [
            { value: "replace", description: "Puts `value` in the place of what stands at `path`." },
            { value: "add", description: "Adds `value` at `path`; `/-` at its end is behind the last item of a list." },
            { value: "remove", description: "Takes away what stands at `path`." },
            { value: "copy", description: "Puts what stands at `from` to `path` as well." },
            { value: "move", description: "Takes what stands at `from` to `path`." },
            { value: "test", description: "Fails unless `value` stands at `path`." },
          ],
        },
      ],
      ["path", { type: "string", description: "Where, as a JSON pointer: `/spec/template/spec/containers/0/image`." }],
      ["value", { description: "What to put there." }],
      ["from", { type: "string", description: "Where `copy` and `move` take the value from, as a JSON pointer." }],
    ]),
  },
};

function documentOperation(_: string, field: Schema): { readonly documentation: string | undefined } {
  return { documentation: field.description };
}
