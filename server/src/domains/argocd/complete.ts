import type { CompletionEntry, CursorContext } from "../../analysis/domain";
import { isInChart } from "../../analysis/manifests";
import { completeSlot, indentsSequences, type SchemaRequest } from "../../analysis/schemaCompletion";
import { isTemplated } from "../../analysis/templates";
import type { Schema } from "../../schema/schema";
import type { Snapshot } from "../../workspace/snapshot";
import type { SourceDocument } from "../../yaml/document";
import type { WriteSlot } from "../../yaml/outline";
import { findWritePosition } from "../../yaml/writePosition";
import { knownAnnotations } from "./knownAnnotations";
import { finalizers, type KnownAnnotation, type Word } from "./vocabulary";

/** Whether somebody may be writing what Argo CD reads: annotations or finalizers of an object, or of all that a kustomization builds. */
export function mayCompleteArgocd(document: SourceDocument, snapshot: Snapshot): boolean {
  const { file, start, end } = document;
  if (!/^ *(?:annotations|commonAnnotations|finalizers):/m.test(file.text.slice(start, end))) return false;
  return !isTemplated(document) && !isInChart(snapshot, file.path);
}

/** Annotations of Argo CD with their values, and its finalizers. Works on indentation alone, so the document may be half-typed. */
export function completeArgocd({ file, offset }: CursorContext): readonly CompletionEntry[] {
  const position = findWritePosition(file, offset);
  if (position === undefined) return [];
  const kind = position.root.at(["kind"])?.text;
  const request: SchemaRequest = {
    file,
    position,
    offset,
    indented: indentsSequences(file.text),
    document: (_, field) => ({ documentation: field.description }),
  };
  return position.slots.flatMap((slot) => {
    const schema = schemaOf(slot, kind);
    return schema === undefined ? [] : completeSlot(slot, schema, request);
  });
}

/** What may be written into a slot; `undefined` where it is none of Argo CD's. */
function schemaOf({ role, container }: WriteSlot, kind: string | undefined): Schema | undefined {
  const { path } = container;
  const names = path.filter((step) => typeof step === "string").join("/");
  const [holder = "", key = ""] = role === "value" ? splitLast(names) : [names, ""];
  const isSet = kind === "ApplicationSet" && holder.startsWith("spec/template/");
  const owner = isSet ? "Application" : holder === "commonAnnotations" ? undefined : kind;
  const where = isSet ? holder.slice("spec/template/".length) : holder;
  if (where === "metadata/annotations" || holder === "commonAnnotations") {
    const annotations = annotationsFor(owner);
    return role === "value" ? annotations.properties?.get(key) : annotations;
  }
  const isOurs = owner === "Application" || owner === "AppProject" || owner === "ApplicationSet";
  if (!isOurs || names !== (isSet ? "spec/template/metadata/finalizers" : "metadata/finalizers")) return undefined;
  return role === "item" ? { type: "array", items: finalizerSchema } : role === "value" ? finalizerSchema : undefined;
}

function splitLast(path: string): readonly [string, string] {
  // An annotation's name has a `/` of its own.
  const [, holder = "", key = ""] = /^(.*?(?:annotations|commonAnnotations))\/(.*)$/.exec(path) ?? [];
  return [holder, key];
}

function annotationsFor(kind: string | undefined): Schema {
  const fitting = knownAnnotations.filter(({ kinds, key }) => {
    const isWritten = key.endsWith("-id") || key.endsWith("-timestamp");
    return !isWritten && (kinds === undefined || (kind !== undefined && kinds.includes(kind)));
  });
  return { type: "object", properties: new Map(fitting.map((known) => [known.key, annotationSchema(known)])) };
}

function annotationSchema({ key, description, value }: KnownAnnotation): Schema {
  const text = { type: "string", description } as const;
  if (value?.kind === "form") {
    const examples = key.endsWith("/sync-wave") ? ["1", "-1"] : [value.sample];
    return { ...text, examples };
  }
  return value === undefined ? text : { ...text, values: valuesOf(value.words) };
}

/** Finalizers that people write; the others Argo CD sets itself. */
const finalizerSchema: Schema = { type: "string", values: valuesOf(finalizers.slice(0, 3)) };

function valuesOf(words: readonly Word[]): Schema["values"] {
  return words.map(({ word, description }) => ({ value: word, description }));
}
