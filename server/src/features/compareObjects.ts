import type { Feature, FeatureContext } from "../analysis/feature";
import { renderSource } from "../analysis/renderSources";
import { describeInCluster, isInCluster } from "../analysis/sourceOptions";
import { parseComparisonSettings } from "../argocd/comparisonSettings";
import { parseIgnoreRules } from "../argocd/ignoreDifferences";
import { type SyncObject, toSyncObject } from "../argocd/syncObject";
import { groupOf } from "../kubernetes/apiGroup";
import { fieldOf, followPointer, isMap, type Json, type JsonMap } from "../kubernetes/json";
import {
  type ComparedObject,
  type CompareObjectsParameters,
  compareObjectsRequest,
  type LineSource,
  type PairOfObjects,
} from "../protocol/compareObjects";
import type { RenderSubject } from "../protocol/sourceOfApplication";
import { type CompareOptions, compareObjects, differencePointers, withoutNoise } from "../render/compareObjects";
import { findRendered } from "../render/findRendered";
import { type PrintedJson, printJson } from "../render/jsonText";
import type { Node } from "../yaml/node";
import type { Place } from "../yaml/source";
import { toRange } from "./range";

/** What differs between objects of a cluster and the same objects as they are rendered, with the way back to the source. */
export const compareObjectsFeature: Feature<CompareObjectsParameters, readonly ComparedObject[]> = {
  method: compareObjectsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  async handle({ application, ignoreDifferences, configuration, subjects, pairs }, context) {
    const settings = configuration && parseComparisonSettings(new Map(Object.entries(configuration)));
    const options = { application, ignored: parseIgnoreRules(ignoreDifferences as Json | undefined), settings };
    const objects: ObjectsByName[] = [];
    for (const subject of subjects) objects.push(await renderSubject(subject, context));
    return pairs.map((pair) => {
      const written = toMap(pair.written);
      const root = written && findRoot(objects[pair.subject ?? -1] ?? new Map(), written);
      return compare(pair, root, options, context);
    });
  },
};

function compare(
  pair: PairOfObjects,
  root: Node | undefined,
  options: CompareOptions,
  context: FeatureContext,
): ComparedObject {
  const [written, live, predicted] = [toMap(pair.written), toMap(pair.live), toMap(pair.predicted)];
  const none = { live: "", desired: "", differences: [], sources: [], notHonoured: [] };
  if (written === undefined) {
    const text = live === undefined ? "" : printJson(withoutNoise(live, options)).text;
    return { ...none, state: "onlyCluster", live: text };
  }
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
  return pointers.flatMap((pointer, line): LineSource[] => {
    const path = followPointer(desired, pointer);
    if (path === undefined) return [];
    const place = decidedAt(findRendered(root, desired, path));
    if (isInCluster(place)) return [{ line, setBy: describeInCluster(place) }];
    return [{ line, source: { uri: toUri(place.file.path), range: toRange(place) } }];
  });
}

/** Where it was said what a value is now: where a step changed a text, the entry that asked for the step. */
function decidedAt({ origin }: Node): Place {
  const { place, change } = origin;
  const before = change?.before?.origin.place;
  const isInPlace = before !== undefined && before.file === place.file && before.start === place.start;
  return change !== undefined && isInPlace ? change.place : place;
}

/** What is rendered now, so that the places are those of the files as they are. */
async function renderSubject(
  { root, source, application }: RenderSubject,
  context: FeatureContext,
): Promise<ObjectsByName> {
  if (source !== undefined && application !== undefined) {
    const rendered = await renderSource(source, application, context);
    return byName(rendered.isRendered ? rendered.objects : []);
  }
  const document = root === undefined ? undefined : context.fromUri(root);
  if (document === undefined) return new Map();
  const { result } = context.builds.build(document.kind === "source" ? document.path : document.root, context.snapshot);
  return byName(result.resources.map(({ node }) => node));
}

/** The object among those that are rendered now; `written` has the namespace of the destination where the files say none. */
function findRoot(objects: ObjectsByName, written: JsonMap): Node | undefined {
  const metadata = fieldOf(written, "metadata");
  const group = groupOf(textOf(fieldOf(written, "apiVersion")));
  const namespace = textOf(fieldOf(metadata, "namespace"));
  const found = objects.get(nameKey(group, textOf(fieldOf(written, "kind")), textOf(fieldOf(metadata, "name")))) ?? [];
  return (found.find((each) => each.namespace === namespace) ?? found.find((each) => each.namespace === ""))?.node;
}

type ObjectsByName = ReadonlyMap<string, readonly SyncObject[]>;

function byName(nodes: readonly Node[]): ObjectsByName {
  const objects = new Map<string, SyncObject[]>();
  for (const node of nodes) {
    const object = toSyncObject(node);
    if (object === undefined) continue;
    const key = nameKey(object.group, object.kind, object.name);
    const known = objects.get(key);
    if (known === undefined) objects.set(key, [object]);
    else known.push(object);
  }
  return objects;
}

function nameKey(group: string, kind: string, name: string): string {
  return [group, kind, name].join("\n");
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function toMap(value: unknown): JsonMap | undefined {
  return isMap(value as Json | undefined) ? (value as JsonMap) : undefined;
}
