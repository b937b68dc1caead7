import { getValue, type Node } from "../yaml/node";
import { BuildFailure } from "./failure";
import type { ReferenceRule } from "./nameReferenceRules";
import { originalId, previousIdsOf, type Resource } from "./resource";
import { effectiveNamespace, type GroupVersionKind, idText, isSelectedBy, NOT_A_NAMESPACE } from "./resourceId";

/** What a reference says. */
export interface Wanted {
  /** A name that the object has had. */
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** Finds the objects that a name may mean, by their former names, without looking at all of them. */
export class Referrals {
  readonly #byFormerName = new Map<string, Resource[]>();
  readonly #byOriginalNamespace = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      for (const name of new Set(resource.previousIds.map((id) => id.name))) push(this.#byFormerName, name, resource);
      push(this.#byOriginalNamespace, effectiveNamespace(originalId(resource)), resource);
    }
  }

  /**
   * The objects that `referrer` may mean by a rule; several only when nothing tells them apart.
   * @throws BuildFailure when a subject of a RoleBinding has a blank namespace.
   */
  find(referrer: Resource, rule: ReferenceRule, wanted: Wanted): readonly Resource[] {
    const named = this.#byFormerName.get(wanted.name);
    if (named === undefined) return [];
    const isReachable = reachableFrom(referrer);
    let found = named.filter(isReachable);
    if (wanted.namespace !== undefined) found = this.#inNamespace(found, wanted.namespace, isReachable);
    found = found.filter((resource) => wasOfType(resource, rule.target));
    const roleType = rule.path.endsWith("roleRef/name") ? roleTypeOf(referrer) : undefined;
    if (roleType !== undefined) found = found.filter((resource) => wasOfType(resource, roleType));
    found = found.filter((resource) => sharesNamespace(referrer, resource));
    if (found.length <= 1) return found;
    const near = found.filter((resource) => sameAffixes(referrer, resource, true));
    return near.length > 1 ? near.filter((resource) => sameAffixes(referrer, resource, false)) : near;
  }

  /** Those that came from the namespace; when none at all did, those that are in it now. */
  #inNamespace(
    found: readonly Resource[],
    namespace: string,
    isReachable: (resource: Resource) => boolean,
  ): Resource[] {
    const originals = namespace === NOT_A_NAMESPACE ? [] : (this.#byOriginalNamespace.get(namespace) ?? []);
    if (originals.some(isReachable)) {
      return found.filter((resource) => effectiveNamespace(originalId(resource)) === namespace);
    }
    return found.filter((resource) => !resource.id.clusterScoped && effectiveNamespace(resource.id) === namespace);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/**
 * Objects without a namespace reach everything, the others what is in their namespace or in none; a RoleBinding also the
 * namespaces of its subjects (upstream: `SubsetThatCouldBeReferencedByResource`).
 */
function reachableFrom(referrer: Resource): (resource: Resource) => boolean {
  if (referrer.id.clusterScoped) return () => true;
  const own = effectiveNamespace(referrer.id);
  const subjects = subjectNamespaces(referrer);
  return ({ id }) => id.clusterScoped || effectiveNamespace(id) === own || subjects.has(id.namespace);
}

const noNamespaces: ReadonlySet<string> = new Set();

function subjectNamespaces(referrer: Resource): ReadonlySet<string> {
  if (referrer.id.kind !== "RoleBinding") return noNamespaces;
  const subjects = getValue(referrer.node, "subjects");
  if (subjects?.kind !== "sequence") return noNamespaces;
  const namespaces = new Set<string>();
  for (const subject of subjects.items) {
    const namespace = getValue(subject, "namespace");
    const kind = getValue(subject, "kind");
    if (namespace === undefined || kind?.kind !== "scalar" || kind.text !== "ServiceAccount") continue;
    if (namespace.kind !== "scalar" || namespace.tag === "null") throw blankNamespace(referrer, namespace);
    namespaces.add(namespace.text);
  }
  return namespaces;
}

function blankNamespace(referrer: Resource, node: Node): BuildFailure {
  return new BuildFailure({
    code: "kustomization/blank-subject-namespace",
    severity: "error",
    place: node.origin.place,
    message: "The namespace of this subject is blank.",
    help: "Name a namespace, or leave the field out.",
    detail: `Invalid Input: namespace is blank for resource "${idText(referrer.id)}"`,
  });
}

function wasOfType(resource: Resource, type: Partial<GroupVersionKind>): boolean {
  return previousIdsOf(resource).some((id) => isSelectedBy(id, type));
}

/** The kind that a binding's `roleRef` says; absent when it does not say it fully. */
function roleTypeOf(referrer: Resource): Partial<GroupVersionKind> | undefined {
  const roleRef = getValue(referrer.node, "roleRef");
  const group = getValue(roleRef, "apiGroup");
  const kind = getValue(roleRef, "kind");
  if (group?.kind !== "scalar" || kind?.kind !== "scalar") return undefined;
  return { group: group.text, kind: kind.text };
}

/** ServiceAccounts are let through: bindings in other namespaces may mean them. */
function sharesNamespace(referrer: Resource, { id }: Resource): boolean {
  return (
    referrer.id.clusterScoped ||
    id.clusterScoped ||
    id.kind === "ServiceAccount" ||
    effectiveNamespace(id) === effectiveNamespace(referrer.id)
  );
}

/** Whether the same layers gave both their prefixes and suffixes; `lenient`: one that has none at all fits any. */
function sameAffixes(a: Resource, b: Resource, lenient: boolean): boolean {
  return sameEnding(a.prefixes, b.prefixes, lenient) && sameEnding(a.suffixes, b.suffixes, lenient);
}

function sameEnding(a: readonly string[], b: readonly string[], lenient: boolean): boolean {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  if (short.length === 0) return lenient || long.length === 0;
  return short.every((text, i) => long[i + long.length - short.length] === text);
}
