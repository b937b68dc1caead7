import type { DocumentContext } from "../../analysis/rule";
import { type ApplicationSet, findApplicationSet, type Generator } from "../../argocd/applicationSet";
import { type Parameters, parametersOf } from "../../argocd/parameters";
import { getIn, getValue, type Mapping, type Node, type Scalar } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { argocdObjects } from "./applications";

/** An ApplicationSet of a document. */
export interface CheckedSet {
  readonly set: ApplicationSet;
  /** Parts of it may come from elsewhere. */
  readonly open: boolean;
}

/** Every ApplicationSet that a document holds. */
export function* applicationSetsOf(context: DocumentContext): Iterable<CheckedSet> {
  for (const { node, open } of argocdObjects(context, "ApplicationSet")) {
    const set = findApplicationSet(node);
    if (set !== undefined) yield { set, open };
  }
}

/** A part of an ApplicationSet that is rendered, and the parameters that it is rendered with. */
export interface RenderedPart {
  readonly node: Node;
  readonly parameters: Parameters;
}

/** The templates of an ApplicationSet: its own, that of a generator, and the second generator of a matrix. */
export function renderedParts({ spec, generators, goTemplate }: ApplicationSet): readonly RenderedPart[] {
  const all = parametersOf(generators, goTemplate);
  const own = [getValue(spec, "template"), getValue(spec, "templatePatch")];
  const parts = own.flatMap((node) => (node === undefined ? [] : [{ node, parameters: all }]));
  for (const generator of generators) parts.push(...partsOf(generator, goTemplate));
  return parts;
}

/** A text that is rendered, and the parameters that it is rendered with. */
export interface RenderedText {
  readonly scalar: Scalar;
  readonly parameters: Parameters;
}

/** The texts of all those parts in which there is something to put in. */
export function* renderedTexts(set: ApplicationSet): Iterable<RenderedText> {
  for (const { node, parameters } of renderedParts(set)) {
    for (const scalar of textsBelow(node)) if (scalar.text.includes("{{")) yield { scalar, parameters };
  }
}

function partsOf(generator: Generator, goTemplate: boolean): readonly RenderedPart[] {
  const parameters = parametersOf([generator], goTemplate);
  const parts: RenderedPart[] = [];
  const template = getValue(generator.body, "template");
  if (template !== undefined) parts.push({ node: template, parameters });
  const [, second] = generator.key.text === "matrix" ? generator.children : [];
  if (second === undefined) return parts;
  for (const { key, value } of second.body.entries) {
    if (key.text !== "template" && key.text !== "generators") parts.push({ node: value, parameters });
  }
  return parts;
}

/** All texts below a node, keys included, as the controller renders them. */
export function* textsBelow(node: Node): Iterable<Scalar> {
  if (node.kind === "scalar") {
    if (node.tag === "str") yield node;
  } else if (node.kind === "sequence") {
    for (const item of node.items) yield* textsBelow(item);
  } else {
    for (const { key, value } of node.entries) {
      if (key.text.includes("{{")) yield key;
      yield* textsBelow(value);
    }
  }
}

/** Texts that are for somebody else, and may hold braces of their own: values for Helm, patches, plugins. */
export function foreignTexts(template: Node | undefined): ReadonlySet<Node> {
  const spec = getValue(template, "spec");
  const sources = getValue(spec, "sources");
  const all = [getValue(spec, "source"), ...(sources?.kind === "sequence" ? sources.items : [])];
  const found = new Set<Node>();
  for (const source of all) {
    for (const path of [["helm"], ["kustomize", "patches"], ["plugin"], ["directory", "jsonnet"]]) {
      const node = getIn(source, path);
      for (const text of node === undefined ? [] : textsBelow(node)) found.add(text);
    }
  }
  const info = getValue(spec, "info");
  for (const text of info === undefined ? [] : textsBelow(info)) found.add(text);
  return found;
}

/** The place of a part of a text, also where it is a block of lines: where the same letters stand in the file for the same time. */
export function placeOfText(scalar: Scalar, start: number, end: number): Place {
  const { place } = scalar.origin;
  const { file } = place;
  const part = scalar.text.slice(start, end);
  const written = file.text.slice(place.start, place.end);
  let at = -1;
  for (let i = scalar.text.indexOf(part); i >= 0 && i <= start; i = scalar.text.indexOf(part, i + 1)) {
    at = written.indexOf(part, at + 1);
    if (at < 0) return place;
  }
  return at < 0 ? place : { file, start: place.start + at, end: place.start + at + part.length };
}

/** The elements of a list generator; none of any other. */
export function elementsOf(generator: Generator): readonly Node[] {
  const elements = generator.key.text === "list" ? getValue(generator.body, "elements") : undefined;
  return elements?.kind === "sequence" ? elements.items : [];
}

/** The first key of a mapping, to point at. */
export function firstKey(mapping: Mapping): Place {
  return mapping.entries[0]?.key.origin.place ?? mapping.origin.place;
}
