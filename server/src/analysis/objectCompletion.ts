import { describeType } from "../schema/describe";
import type { KnownKind } from "../schema/schemaSource";
import type { Snapshot } from "../workspace/snapshot";
import type { OutlineNode, WriteSlot } from "../yaml/outline";
import type { CompletionEntry } from "./domain";
import { completeApiVersion, completeKind, completeObjects } from "./kindCompletion";
import { findKind, followSchema, type Identity, mayHoldObject, type Path } from "./objectSchema";
import { completeFields, completeSlot, completeValues, type SchemaRequest } from "./schemaCompletion";

/** Where an object is being written. */
export interface ObjectRequest extends Omit<SchemaRequest, "document"> {
  readonly snapshot: Snapshot;
  /** What a patch is applied to, for one that does not say it itself. */
  readonly target?: KnownKind | undefined;
}

/**
 * What may be written into an object: apiVersion and kind, and what the schema of its kind allows, also in the objects that
 * it holds. Of an object whose kind nobody knows, nothing.
 */
export function completeObject(request: ObjectRequest): readonly CompletionEntry[] {
  return request.position.slots.flatMap((slot) => completeAt(slot, request));
}

function completeAt(slot: WriteSlot, request: ObjectRequest): readonly CompletionEntry[] {
  const { snapshot, position, file, target } = request;
  const { schemas } = snapshot;
  const { path } = slot.container;
  const identify = (at: Path): Identity => identityOf(position.root.at(at));
  const known = findKind(identify([]), schemas, file.path) ?? target;
  const field = path.at(-1);
  if (slot.role === "value" && (field === "apiVersion" || field === "kind")) {
    const above = path.slice(0, -1);
    const holder = known && followSchema({ known, identify }, above, schemas);
    if (above.length === 0 || holder?.path.length === 0 || mayHoldObject(holder?.schema)) {
      const object = position.root.at(above);
      return (field === "kind" ? completeKind : completeApiVersion)(object, schemas, request);
    }
  }
  if (known === undefined) return path.length === 0 ? completeNewObject(slot, request) : [];
  const place = followSchema({ known, identify }, path, schemas);
  if (mayHoldObject(place.schema) && place.path.length > 0) {
    return slot.role === "key" ? completeIdentity(slot, request) : [];
  }
  const { apiVersion, kind } = place.known;
  const inItem = slot.role === "item" ? [slot.container.items.length] : [];
  const fields =
    place.schema === undefined
      ? []
      : completeSlot(slot, place.schema, {
          ...request,
          document: (name) => ({ explain: { apiVersion, kind, path: [...place.path, ...inItem, name] } }),
        });
  return [
    ...(place.path.length === 0 ? fields.map(withMetadataFirst) : fields),
    ...(request.patch === true ? directives(slot, request) : []),
  ];
}

/** Definitions of custom resources need not name the metadata; wherever they do, it comes before everything else. */
function withMetadataFirst(entry: CompletionEntry): CompletionEntry {
  return entry.label === "metadata" ? { ...entry, sortText: "0" } : entry;
}

/** What stands at the top of a document of which nobody knows yet what it is: a whole object, or apiVersion and kind. */
function completeNewObject(slot: WriteSlot, request: ObjectRequest): readonly CompletionEntry[] {
  const { schemas } = request.snapshot;
  if (slot.role !== "key") return [];
  const { entries } = slot.container;
  const isEmpty = [...entries.keys()].every((key) => key === slot.current);
  if (isEmpty && slot.colon) return completeIdentity(slot, request);
  if (isEmpty) return [...completeIdentity(slot, request), ...completeObjects(schemas, request)];
  const { apiVersion, kind } = identityOf(slot.container);
  if (apiVersion && kind) return [];
  const isOurs = [...schemas.kinds()].some((known) => known.apiVersion === apiVersion || known.kind === kind);
  return isOurs ? completeIdentity(slot, request) : [];
}

function completeIdentity(slot: WriteSlot, request: ObjectRequest): readonly CompletionEntry[] {
  const text = { type: "string" } as const;
  const properties = new Map([
    ["apiVersion", { ...text, description: "The group and version of the API that defines the object." }],
    ["kind", { ...text, description: "What the object is, for example `Deployment`." }],
  ]);
  const schema = { type: "object", properties, required: ["apiVersion", "kind"] } as const;
  return completeFields(slot, schema, {
    ...request,
    document: (name) => ({ documentation: properties.get(name)?.description }),
  });
}

/** What a strategic merge is told by keys and values of its own. */
function directives(slot: WriteSlot, request: ObjectRequest): readonly CompletionEntry[] {
  const { file, position, offset } = request;
  const typed = file.text.slice(position.word.start, offset);
  if (slot.role === "key" && typed.startsWith("$") && !slot.colon) {
    const schema = { type: "object", properties: new Map([["$patch", directive]]) } as const;
    return completeFields(slot, schema, {
      ...request,
      document: () => ({ documentation: directive.description, detail: describeType(directive) }),
    });
  }
  return slot.role === "value" && slot.container.path.at(-1) === "$patch" ? completeValues(directive, "", request) : [];
}

const directive = {
  type: "string",
  description: "What a strategic merge does with the object or list item in which it stands.",
  values: [
    { value: "delete", description: "Takes it away." },
    { value: "replace", description: "Puts what the patch says in its place." },
    { value: "merge", description: "Merges, which is what happens anyway." },
  ],
} as const;

function identityOf(node: OutlineNode | undefined): Identity {
  return { apiVersion: node?.entries.get("apiVersion")?.text, kind: node?.entries.get("kind")?.text };
}
