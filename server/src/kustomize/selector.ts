import { matchesLabels, parseLabelSelector } from "../kubernetes/labelSelector";
import { type Cause, getValue, type Mapping, type Node } from "../yaml/node";
import { BuildFailure } from "./failure";
import { compileAnchored, compileFor, type Matcher } from "./regexp";
import { originalId, type Resource } from "./resource";
import { effectiveNamespace, type GroupVersionKind, type ResourceId } from "./resourceId";

/** Which objects a patch or replacement means. Empty and absent parts match anything. */
export interface Selector {
  /** These five are regular expressions for the whole value. */
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  /** In the syntax of Kubernetes label selectors. */
  readonly labelSelector?: string | undefined;
  readonly annotationSelector?: string | undefined;
}

/** A selector ready for use. */
export interface CompiledSelector {
  /** No part but perhaps the label and annotation selectors says anything. */
  readonly isEmpty: boolean;
  /** The selector has a label or annotation selector. */
  readonly readsMetadata: boolean;
  readonly type: (type: GroupVersionKind) => boolean;
  readonly name: Matcher;
  readonly namespace: Matcher;
  /** Whether the labels and annotations of an object fit. */
  readonly metadata: (root: Mapping) => boolean;
}

/** @throws BuildFailure when an expression or selector of it is broken. */
export function compileSelector(selector: Selector, cause: Cause): CompiledSelector {
  const part = (pattern: string | undefined): Matcher =>
    pattern === undefined || pattern === "" ? () => true : compileFor(cause, pattern, compileAnchored);
  const { group, version, kind, name, namespace } = selector;
  const [isGroup, isVersion, isKind] = [part(group), part(version), part(kind)];
  const labels = metadataMatcher("labels", selector.labelSelector, cause);
  const annotations = metadataMatcher("annotations", selector.annotationSelector, cause);
  return {
    isEmpty: !(group || version || kind || name || namespace),
    readsMetadata: Boolean(selector.labelSelector || selector.annotationSelector),
    type: (type) => isGroup(type.group) && isVersion(type.version) && isKind(type.kind),
    name: part(name),
    namespace: part(namespace),
    metadata: (root) => labels(root) && annotations(root),
  };
}

/**
 * Whether the target of a patch selects a resource: name and namespace may be the ones it had first or has now, the type
 * and metadata are the current ones (upstream `resWrangler.Select`).
 */
export function selects(selector: CompiledSelector, resource: Resource): boolean {
  const { id } = resource;
  const first = originalId(resource);
  return (
    selector.type(id) &&
    (selector.name(first.name) || selector.name(id.name)) &&
    (selector.namespace(effectiveNamespace(first)) || selector.namespace(effectiveNamespace(id))) &&
    selector.metadata(resource.node)
  );
}

/** Whether a selector's type, name and namespace fit one id, with the namespace as written (upstream, replacements). */
export function selectsId(selector: CompiledSelector, id: ResourceId): boolean {
  return selector.type(id) && selector.name(id.name) && selector.namespace(id.namespace);
}

function metadataMatcher(
  field: "labels" | "annotations",
  text: string | undefined,
  cause: Cause,
): (root: Mapping) => boolean {
  if (text === undefined || text === "") return () => true;
  const parsed = parseLabelSelector(text);
  if ("requirements" in parsed) {
    return (root) => matchesLabels(parsed.requirements, metadataMap(root, field));
  }
  throw new BuildFailure({
    code: "kustomization/invalid-selector",
    severity: "error",
    place: cause.place,
    message: `"${text}" is no selector for ${field}.`,
    help: "Write it like app=web,tier in (front, back),!old.",
    detail: parsed.error,
  });
}

/**
 * The labels or annotations of an object: the text of every scalar under `metadata`'s field. Of a list, which is a mistake,
 * upstream takes every other item for a key.
 */
function metadataMap(root: Mapping, field: "labels" | "annotations"): ReadonlyMap<string, string> {
  const pairs = getValue(getValue(root, "metadata"), field);
  const found = new Map<string, string>();
  const textAt = (node: Node | undefined): string => (node?.kind === "scalar" ? node.text : "");
  if (pairs?.kind === "mapping") for (const { key, value } of pairs.entries) found.set(key.text, textAt(value));
  if (pairs?.kind === "sequence") {
    for (let i = 0; i + 1 < pairs.items.length; i += 2) found.set(textAt(pairs.items[i]), textAt(pairs.items[i + 1]));
  }
  return found;
}
