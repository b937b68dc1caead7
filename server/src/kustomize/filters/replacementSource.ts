import type { Cause, Mapping, Node } from "../../yaml/node";
import { idOf, previousIdsOf, type Resource } from "../resource";
import { effectiveNamespace, idText, isSelectedBy, type ResourceId } from "../resourceId";
import { type FieldPath, lookUp, splitFieldPath } from "./fieldPath";
import { failed, guarded, notScalar } from "./replacementFailure";
import type { FieldOptions } from "./replacementValue";

/** Where a value is copied from. */
export interface ReplacementSource {
  /** Empty parts match anything; nothing here is a regular expression. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Empty: `metadata.name`. */
  readonly fieldPath: string;
  readonly options?: FieldOptions | undefined;
  /** The source in the kustomization. */
  readonly cause: Cause;
}

/** The field of a source or target that names none. */
export const defaultFieldPath = "metadata.name";

/**
 * The value to copy. One that is taken whole from an object is live: when a target is, or changes, the source itself, the
 * next target gets what has become of it.
 */
export interface Copied {
  readonly value: Node | undefined;
  readonly live?: { readonly position: number; readonly path: FieldPath };
}

/** All ids by which a replacement knows an object. Upstream does not look at the scope of its kind here. */
export function idsOf(resource: Resource, node: Mapping): readonly ResourceId[] {
  return [idOf(node, () => false), ...previousIdsOf(resource)];
}

/**
 * Finds the one object that a replacement takes its value from, and the value.
 *
 * @throws BuildFailure when there is none or several, or the field is missing.
 */
export function valueOfSource(resources: readonly Resource[], source: ReplacementSource): Copied {
  const wanted: ResourceId = { ...source, clusterScoped: false };
  const found = resources.filter((resource) => idsOf(resource, resource.node).some((id) => isSource(id, wanted)));
  const [first] = found;
  const description = describeSource(source);
  if (first === undefined) {
    throw failed(source.cause, "No object is the source of this replacement.", {
      code: "kustomization/replacement-source-not-found",
      detail: `nothing selected by ${description}`,
      help: "Correct kind, name and namespace; they are compared exactly.",
    });
  }
  if (found.length > 1) {
    throw failed(source.cause, "More than one object could be the source of this replacement.", {
      detail: `multiple matches for selector ${description}`,
      help: "Say more of group, version, kind, name and namespace.",
      related: found.map(({ node }) => ({ place: node.origin.place, message: "This object fits." })),
    });
  }
  const fieldPath = source.fieldPath || defaultFieldPath;
  const path = splitFieldPath(fieldPath);
  const value = guarded(source.cause, "error looking up replacement source", () => lookUp(first.node, path));
  if (value === undefined || isEmpty(value)) {
    throw failed(source.cause, `The source of this replacement has no ${fieldPath}.`, {
      detail: `fieldPath \`${fieldPath}\` is missing for replacement source ${idText(wanted)}`,
      help: "Correct the path; it is compared with the object as it is when replacements run.",
      related: [{ place: first.node.origin.place, message: "This object is the source." }],
    });
  }
  const part = partOfSource(value, source);
  return part === value ? { value, live: { position: resources.indexOf(first), path } } : { value: part };
}

function isSource(id: ResourceId, wanted: ResourceId): boolean {
  return (
    (wanted.name === "" || wanted.name === id.name) &&
    (wanted.namespace === "" || effectiveNamespace(wanted) === effectiveNamespace(id)) &&
    isSelectedBy(id, wanted)
  );
}

function partOfSource(value: Node, { options, cause }: ReplacementSource): Node {
  if (options === undefined || options.delimiter === "") return value;
  if (value.kind !== "scalar") throw notScalar(cause);
  const parts = value.text.split(options.delimiter);
  const text = parts[options.index];
  const origin = { place: value.origin.place, change: { ...cause, before: value } };
  if (text !== undefined) return { ...value, text, origin };
  throw failed(cause, `The value "${value.text}" has no part number ${options.index}.`, {
    detail: `options.index ${options.index} is out of bounds for value ${value.text}`,
    help: `Parts are counted from 0; this value has ${parts.length}.`,
  });
}

function isEmpty(node: Node): boolean {
  if (node.kind === "mapping") return node.entries.length === 0;
  return node.kind === "sequence" ? node.items.length === 0 : node.tag === "null";
}

/** `ConfigMap.[noVer].[noGrp]/source.[noNs]:data.host`, as upstream prints a source. */
function describeSource(source: ReplacementSource): string {
  const { options, fieldPath } = source;
  const parts = [idText({ ...source, clusterScoped: false })];
  if (fieldPath !== "") parts.push(fieldPath);
  if (options !== undefined && (options.delimiter !== "" || options.create)) {
    parts.push(`${options.delimiter}(${options.index}), create=${options.create}`);
  }
  return parts.join(":");
}
