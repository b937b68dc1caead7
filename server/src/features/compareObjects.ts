import type { Feature, FeatureContext } from "../analysis/feature";
import { renderedObjects } from "../analysis/renderedObjects";
import { parseIgnoreRules } from "../argocd/ignoreDifferences";
import { fieldOf, followPointer, isMap, type Json, type JsonMap } from "../kubernetes/json";
import {
  type ComparedObject,
  type CompareObjectsParameters,
  compareObjectsRequest,
  type LineSource,
  type PairOfObjects,
} from "../protocol/compareObjects";
import { type CompareOptions, compareObjects, differencePointers, withoutNoise } from "../render/compareObjects";
import { findRendered } from "../render/findOrigin";
import { type PrintedJson, printJson } from "../render/jsonText";
import type { Node } from "../yaml/node";
import { toRange } from "./diagnostics";

/** What differs between objects of a cluster and the same objects as they are rendered, with the way back to the source. */
export const compareObjectsFeature: Feature<CompareObjectsParameters, readonly ComparedObject[]> = {
  method: compareObjectsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  handle({ application, ignoreDifferences, pairs }, context) {
    const options = { application, ignored: parseIgnoreRules(ignoreDifferences as Json | undefined) };
    return pairs.map((pair) => compare(pair, options, context));
  },
};

function compare(pair: PairOfObjects, options: CompareOptions, context: FeatureContext): ComparedObject {
  const [written, live, predicted] = [toMap(pair.written), toMap(pair.live), toMap(pair.predicted)];
  const none = { live: "", desired: "", differences: [], sources: [], notHonoured: [] };
  if (written === undefined) {
    const text = live === undefined ? "" : printJson(withoutNoise(live, options.application)).text;
    return { ...none, state: "onlyCluster", live: text };
  }
  const root = findRoot(pair.root, written, context);
  if (live === undefined) {
    const desired = withoutNoise(written);
    const printed = printJson(desired);
    const sources = root === undefined ? [] : sourcesOf(printed, desired, root, context);
    return { ...none, state: "onlyFiles", desired: printed.text, sources };
  }
  const compared = compareObjects({ written, live, predicted }, options);
  const differences = differencePointers(compared);
  if (differences.length === 0) return { ...none, state: "same", notHonoured: compared.notHonoured };
  const printed = printJson(compared.desired);
  const sources = root === undefined ? [] : sourcesOf(printed, compared.desired, root, context);
  return {
    state: "different",
    live: printJson(compared.live).text,
    desired: printed.text,
    differences,
    sources: sources.map((each) => {
      const pointer = printed.pointers[each.line] ?? "";
      return { ...each, differs: differences.some((other) => isAt(pointer, other)) };
    }),
    notHonoured: compared.notHonoured,
  };
}

/** Whether a pointer is another or leads into it. */
function isAt(pointer: string, other: string): boolean {
  return pointer === other || pointer.startsWith(`${other}/`);
}

function sourcesOf(
  { pointers }: PrintedJson,
  desired: JsonMap,
  root: Node,
  { toUri }: FeatureContext,
): readonly LineSource[] {
  return pointers.flatMap((pointer, line) => {
    const path = followPointer(desired, pointer);
    if (path === undefined) return [];
    const { place } = findRendered(root, desired, path).origin;
    return [{ line, source: { uri: toUri(place.file.path), range: toRange(place) } }];
  });
}

/** The object among those that the kustomization renders now. */
function findRoot(root: string | undefined, written: JsonMap, context: FeatureContext): Node | undefined {
  const document = root === undefined ? undefined : context.fromUri(root);
  if (document === undefined) return undefined;
  const { result } = context.builds.build(document.kind === "source" ? document.path : document.root, context.snapshot);
  const metadata = fieldOf(written, "metadata");
  const apiVersion = textOf(fieldOf(written, "apiVersion"));
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const [kind, name] = [textOf(fieldOf(written, "kind")), textOf(fieldOf(metadata, "name"))];
  const found = renderedObjects(result).find(group, kind, name, textOf(fieldOf(metadata, "namespace")));
  return found[0]?.node;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function toMap(value: unknown): JsonMap | undefined {
  return isMap(value as Json | undefined) ? (value as JsonMap) : undefined;
}
