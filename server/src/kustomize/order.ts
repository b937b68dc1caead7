import { orderFirst, orderLast } from "./data/orderRanks";
import type { Resource } from "./resource";
import type { GroupVersionKind, ResourceId } from "./resourceId";

/** Which kinds come first, and which last; all others stand between. */
export interface KindOrder {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** The order that `kustomize build` has always printed in, unless told otherwise. */
export const legacyOrder: KindOrder = { first: orderFirst, last: orderLast };

/** Sorts resources by kind, group, version, namespace and name (upstream: `SortOrderTransformer`). */
export function sortResources(resources: readonly Resource[], order: KindOrder = legacyOrder): readonly Resource[] {
  const rank = ranks(order);
  // Each text is put together once: a sort compares each resource with many others.
  const sorted = resources.map((resource) => ({ resource, id: resource.id, place: sortPlace(resource.id) }));
  sorted.sort(({ id: a, place }, { id: b, place: other }) => {
    if (a.kind !== b.kind || a.group !== b.group || a.version !== b.version) return compareKinds(a, b, rank);
    return compare(place, other);
  });
  return sorted.map(({ resource }) => resource);
}

/** The order of transformer configurations, so that results do not depend on the order of files. */
export function compareTypes(a: GroupVersionKind, b: GroupVersionKind): number {
  return compareKinds(a, b, legacyRanks) || 0;
}

const legacyRanks = ranks(legacyOrder);

function ranks({ first, last }: KindOrder): ReadonlyMap<string, number> {
  const rank = new Map<string, number>();
  first.forEach((kind, i) => {
    rank.set(kind, i - first.length);
  });
  last.forEach((kind, i) => {
    rank.set(kind, i + 1);
  });
  return rank;
}

function compareKinds(a: GroupVersionKind, b: GroupVersionKind, rank: ReadonlyMap<string, number>): number {
  const difference = (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0);
  if (difference !== 0) return difference;
  const result = compare(sortType(a), sortType(b));
  // The core Namespace comes before a Namespace of any other group, which the text alone would put first.
  const namespaces = a.kind === "Namespace" && b.kind === "Namespace" && (a.group === "" || b.group === "");
  return namespaces ? -result : result;
}

/** Upstream's text for a type: `apps_v1_Deployment`. `~` sorts behind all letters. */
function sortType({ group, version, kind }: GroupVersionKind): string {
  return `${group || "~G"}_${version || "~V"}_${kind || "~K"}`;
}

/** Upstream compares `namespace|name` as one text. */
function sortPlace(id: ResourceId): string {
  return `${id.namespace || "~X"}|${sortName(id)}`;
}

function sortName(id: ResourceId): string {
  return id.name || "~N";
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
