import { objectsOf } from "../../analysis/checkedObjects";
import type { DocumentContext } from "../../analysis/rule";
import { isArgocdKind } from "../../argocd/application";
import { isKustomizationName } from "../../kubernetes/kustomizationFileNames";
import { baseName } from "../../platform/path";
import { type Entry, getIn, getValue, type Mapping, type Node, type Scalar, textOf } from "../../yaml/node";
import { placeWithin } from "../../yaml/placeWithin";
import { fromPointerStep } from "../../yaml/pointerStep";

/** Annotations of one object, or that a kustomization gives to many. */
export interface AnnotationSet {
  readonly annotations: Mapping;
  /** The object that has them: a manifest, a patch or the template of an ApplicationSet; absent in kustomizations and JSON patches. */
  readonly object: Mapping | undefined;
  /** Its kind; absent when many may get them. */
  readonly kind: string | undefined;
  readonly partial: boolean;
}

/** All annotations that a document writes. */
export function* annotationSetsOf(context: DocumentContext): Iterable<AnnotationSet> {
  if (isKustomizationName(baseName(context.file.path))) {
    for (const { root } of context.documents) {
      yield* shared(getValue(root, "commonAnnotations"));
      yield* shared(getIn(root, ["generatorOptions", "annotations"]));
    }
  }
  for (const { root } of context.documents) yield* patched(root);
  for (const { node, kind, partial } of objectsOf(context)) {
    const annotations = annotationsOf(node);
    if (annotations !== undefined) yield { annotations, object: node, kind, partial };
    if (!isArgocdKind(node, "ApplicationSet")) continue;
    const template = getIn(node, ["spec", "template"]);
    const inTemplate = annotationsOf(template);
    if (template?.kind !== "mapping" || inTemplate === undefined) continue;
    yield { annotations: inTemplate, object: template, kind: "Application", partial };
  }
}

/** The entries of all sets whose key is `key` and whose value is text. */
export function* valuesOf(
  context: DocumentContext,
  key: string,
): Iterable<{ readonly entry: Entry; readonly set: AnnotationSet }> {
  for (const set of annotationSetsOf(context)) {
    for (const entry of set.annotations.entries) {
      if (entry.key.text === key && entry.value.kind === "scalar") yield { entry, set };
    }
  }
}

function* shared(annotations: Node | undefined): Iterable<AnnotationSet> {
  if (annotations?.kind === "mapping") yield { annotations, object: undefined, kind: undefined, partial: true };
}

/** Annotations that operations of a JSON patch write: all of them, or one by its pointer. */
function* patched(operations: Node | undefined): Iterable<AnnotationSet> {
  for (const operation of operations?.kind === "sequence" ? operations.items : []) {
    const pointer = getValue(operation, "path");
    const value = getValue(operation, "value");
    if (pointer?.kind !== "scalar" || value === undefined || textOf(getValue(operation, "op")) === "test") continue;
    const [, name] = /^\/metadata\/annotations(?:\/([^/]+))?$/.exec(pointer.text) ?? [];
    if (name === undefined) {
      if (pointer.text === "/metadata/annotations") yield* shared(value);
      continue;
    }
    const text = fromPointerStep(name);
    const place = placeWithin(pointer, pointer.text.length - name.length, pointer.text.length);
    // Not plain, since a pointer writes the name in another way than a manifest does.
    const key: Scalar = { kind: "scalar", text, tag: "str", style: "double", origin: { place } };
    yield* shared({ kind: "mapping", entries: [{ key, value }], origin: operation.origin });
  }
}

function annotationsOf(object: Node | undefined): Mapping | undefined {
  const annotations = getIn(object, ["metadata", "annotations"]);
  return annotations?.kind === "mapping" ? annotations : undefined;
}

/** The text of an annotation of an object. */
export function annotationText(object: Node | undefined, key: string): string | undefined {
  return textOf(getIn(object, ["metadata", "annotations", key]));
}
