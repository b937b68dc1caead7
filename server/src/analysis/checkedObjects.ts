import type { KnownKind } from "../schema/schemaSource";
import { getValue, type Mapping, textOf } from "../yaml/node";
import { holdsParts, isInChart } from "./manifests";
import { objectsWithin } from "./objectsWithin";
import type { DocumentContext } from "./rule";

/** An object of a document, with what is known of its kind. */
export interface CheckedObject {
  readonly node: Mapping;
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for kinds that nobody knows. */
  readonly known: KnownKind | undefined;
  /** A patch: a part of an object. */
  readonly partial: boolean;
  /** Made by a template with parameters, so that texts may hold anything. */
  readonly inTemplate: boolean;
}

/** The objects that rules look at. Templates of charts and encrypted files are left alone. */
export function* objectsOf(context: DocumentContext): Iterable<CheckedObject> {
  const { snapshot, file, documents, isPatch } = context;
  if (isInChart(snapshot, file.path)) return;
  const byName = holdsParts(file.path);
  for (const document of documents) {
    const { root } = document;
    if (root === undefined || document.problems.length > 0) continue;
    const isTemplateObject = textOf(getValue(root, "kind")) === "Template";
    for (const node of objectsWithin(root)) {
      const apiVersion = textOf(getValue(node, "apiVersion"));
      const kind = textOf(getValue(node, "kind"));
      if (node.kind !== "mapping" || apiVersion === undefined || kind === undefined) continue;
      const known = snapshot.schemas.find(apiVersion, kind, file.path);
      const partial = isPatch(document) || byName || getValue(node, "$patch") !== undefined;
      yield { node, apiVersion, kind, known, partial, inTemplate: node !== root && isTemplateObject };
    }
  }
}
