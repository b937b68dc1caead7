import { type Cause, type Entry, getValue, type Mapping, type Node, withoutKey } from "../yaml/node";
import { BuildFailure } from "./failure";
import { madeKey, setEntry } from "./fieldSpec";
import { type Accumulator, appendResource } from "./layer";
import type { Problem } from "./problem";
import type { BuildState, Resource, ScopeLookUp } from "./resource";
import { makeResource } from "./resource";
import { idText } from "./resourceId";
import { setScalar } from "./setScalar";
import { textualMap } from "./transformers/applyPatch";

/**
 * Adds a generated object to a layer, as its `behavior` says: a new one, or one that replaces or is merged into the one of
 * the same id (upstream: `resWrangler.AbsorbAll`).
 *
 * @throws BuildFailure when the behavior does not fit what is there.
 */
export function absorb(accumulator: Accumulator, made: Resource, isClusterScoped: ScopeLookUp, cause: Cause): void {
  const { set } = accumulator;
  const found = set.withAnyId(made.id);
  const [position] = found;
  const old = position === undefined ? undefined : set.at(position);
  if (found.length > 1) throw failure(made, cause, "generator-target-ambiguous", ambiguous(made));
  if (position === undefined || old === undefined) {
    if (made.behavior === "merge" || made.behavior === "replace") {
      throw failure(made, cause, "generator-target-not-found", notFound(made));
    }
    appendResource(accumulator, made, cause.place);
    return;
  }
  if (made.behavior !== "merge" && made.behavior !== "replace") {
    throw failure(made, cause, "generator-target-exists", exists(made, old));
  }
  const result = made.behavior === "merge" ? merged(made, old, cause) : withMetadataOf(made.node, old, cause);
  const resource = makeResource(result, isClusterScoped, stateAfter(made, old));
  if (set.sameAs(resource)[0] !== position)
    throw failure(made, cause, "generator-target-not-found", other(resource, old));
  set.replaceAt(position, resource);
}

/** The old object goes on under its id: so what was noted about it stays. */
function stateAfter(made: Resource, old: Resource): BuildState {
  const { node: _, id: __, key: ___, ...state } = old;
  return {
    ...state,
    needsHash: old.needsHash && made.needsHash,
    buildOrigin: made.behavior === "merge" ? (old.buildOrigin ?? made.buildOrigin) : made.buildOrigin,
  };
}

function merged(made: Resource, old: Resource, cause: Cause): Mapping {
  let node = withMetadataOf(made.node, old, cause);
  for (const field of ["data", "binaryData"]) {
    node = withEntriesOf(node, old.node, field, cause);
    if (mappingIn(node, field)?.entries.length === 0) node = withoutKey(node, field);
  }
  return node;
}

/** The new object with the name and namespace of the old one, and with its labels and annotations where it has none. */
function withMetadataOf(made: Mapping, old: Resource, cause: Cause): Mapping {
  const metadata = mappingIn(made, "metadata") ?? { kind: "mapping", entries: [], origin: made.origin };
  const oldMetadata = textualMap(textualMap(mappingIn(old.node, "metadata") ?? metadata, "labels"), "annotations");
  let result = metadata;
  for (const field of ["labels", "annotations"]) result = withEntriesOf(result, oldMetadata, field, cause);
  result = withTextOf(result, oldMetadata, "name", cause);
  result =
    old.id.namespace === "" ? withoutKey(result, "namespace") : withTextOf(result, oldMetadata, "namespace", cause);
  return result === metadata ? made : setEntry(made, "metadata", result, cause);
}

const stringShape = { tag: "str", style: "plain" } as const;

/** Takes over the text of a field of `from`, which keeps its own origin. */
function withTextOf(to: Mapping, from: Mapping, key: string, cause: Cause): Mapping {
  const [own, other] = [getValue(to, key), getValue(from, key)];
  if (other?.kind !== "scalar" || (own?.kind === "scalar" && own.text === other.text)) return to;
  // A field that was not there is made as a string, so that a namespace `1` stays text.
  const { tag, style } = own === undefined ? stringShape : setScalar(own, { text: other.text }, cause);
  return setEntry(to, key, { ...other, tag, style }, cause);
}

/** Adds what `from` has under `field` and `to` has not. All values are strings. */
function withEntriesOf(to: Mapping, from: Mapping, field: string, cause: Cause): Mapping {
  const more = mappingIn(from, field)?.entries ?? [];
  const own = mappingIn(to, field);
  if (more.length === 0) return to;
  const known = new Map((own?.entries ?? []).map((entry) => [entry.key.text, entry]));
  const entries: Entry[] = more.map(({ key, value }) => {
    const mine = known.get(key.text);
    known.delete(key.text);
    return mine === undefined ? { key, value: asString(value) } : { key, value: replacing(mine.value, value) };
  });
  entries.push(...known.values());
  const origin = own?.origin ?? { place: cause.place, change: cause };
  return setEntry(to, field, { kind: "mapping", entries, origin }, cause);
}

/** The generated value, with the value that it takes the place of as the one before. */
function replacing(value: Node, before: Node): Node {
  const { origin } = value;
  if (origin.change === undefined || origin.change.before !== undefined) return value;
  return { ...value, origin: { ...origin, change: { ...origin.change, before } } };
}

function asString(value: Node): Node {
  if (value.kind !== "scalar") return madeKey("", { transformer: "", place: value.origin.place, path: "" });
  return value.tag === "str" ? value : { ...value, tag: "str" };
}

function mappingIn(mapping: Mapping, key: string): Mapping | undefined {
  const value = getValue(mapping, key);
  return value?.kind === "mapping" ? value : undefined;
}

type Words = Pick<Problem, "message" | "help" | "detail" | "related">;

function failure(made: Resource, cause: Cause, code: string, words: Words): BuildFailure {
  const place = getValue(getValue(made.node, "metadata"), "name")?.origin.place ?? cause.place;
  return new BuildFailure({ code: `kustomization/${code}`, severity: "error", place, ...words });
}

function notFound({ id, behavior }: Resource): Words {
  return {
    message: `There is no ${id.kind} ${id.name} to ${behavior}${id.namespace === "" ? "" : ` in the namespace ${id.namespace}`}.`,
    help: "Correct the name and the namespace, or remove `behavior` to make a new one.",
    detail: "does not exist; cannot merge or replace",
  };
}

/** The object is found by a former id; but it is put back by what it is now, and there it must be the only one. */
function other({ id, behavior }: Resource, old: Resource): Words {
  return {
    message: `There is no ${id.kind} ${id.name} to ${behavior}: it has become the ${old.id.kind} ${old.id.name}.`,
    help: "Make the object here, or take away the patch that changes its kind.",
    detail: `cannot find resource with id ${idText(id)} to replace`,
    related: [{ place: old.node.origin.place, message: "The object comes from here." }],
  };
}

function exists({ id, behavior }: Resource, old: Resource): Words {
  return {
    message: `There is a ${id.kind} ${id.name} already.`,
    help: "Write `behavior: merge` or `behavior: replace`, or give it another name.",
    detail: `exists; can not use behavior: '${behavior}', behavior must be merge or replace`,
    related: [{ place: old.node.origin.place, message: "The other one comes from here." }],
  };
}

function ambiguous({ id }: Resource): Words {
  return {
    message: `Several objects are, or were, called ${id.kind} ${id.name}.`,
    help: "Generate the object in the layer of the one that is meant.",
    detail: `that could accept merge of ${idText(id)}`,
  };
}
