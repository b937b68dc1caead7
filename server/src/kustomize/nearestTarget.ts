import { didYouMean } from "../platform/didYouMean";
import { isLiteral } from "../platform/goRegexp";
import { compileAnchored, type Matcher } from "./regexp";
import { originalId, previousIdsOf, type Resource } from "./resource";
import { apiVersionOf, effectiveNamespace, type ResourceId } from "./resourceId";
import type { Selector } from "./selector";

/** A part of what a patch says about its object. */
export type TargetPart = "kind" | "apiVersion" | "group" | "version" | "name" | "namespace" | "labels";

/** The object that is most likely meant, and why it is not. */
export interface NearestTarget {
  readonly resource: Resource;
  /** The part that does not fit. */
  readonly part: TargetPart;
  /** What the object has there, when putting that in the place of the part is all it takes. */
  readonly has?: string | undefined;
}

/** What is said of the object that is meant: expressions of a target, or, when `isExact`, the words of a patch. */
export interface WantedTarget extends Selector {
  readonly isExact?: boolean | undefined;
}

/** So many objects are looked at, so that many patches of a large build stay quick. */
const mostLookedAt = 500;

/**
 * Finds the object that a patch without a match means: the one that differs in one part only, a name being like the one that is
 * there, or, for a patch, the only one of its kind. `undefined` when nothing is near.
 */
export function findNearestTarget(among: readonly Resource[], wanted: WantedTarget): NearestTarget | undefined {
  const parts = matchersOf(wanted);
  const misnamed = new Map<string, Resource>();
  const otherKinds = new Map<string, Resource>();
  let nearest: NearestTarget | undefined;
  for (const resource of among.slice(0, mostLookedAt)) {
    const wrong = parts.filter(({ fits }) => !fits(resource)).map(({ part }) => part);
    const part = theOne(wrong, wanted);
    if (part === "name") {
      for (const name of namesOf(resource)) misnamed.set(name, resource);
    } else if (part === "kind" && !wanted.name) {
      otherKinds.set(resource.id.kind, resource);
    } else if (part !== undefined && parts.length > 1 && isNearer(part, nearest)) {
      const has = wrong.length > 1 && part === "kind" ? undefined : partOf(resource.id, part);
      nearest = { resource, part, has };
    }
  }
  const isWord = wanted.name && (wanted.isExact === true || isLiteral(wanted.name));
  const [only, ...others] = new Set(misnamed.values());
  const alone = wanted.isExact === true && only !== undefined && others.length === 0 ? only.id.name : undefined;
  const name = wanted.name && isWord ? (didYouMean(wanted.name, misnamed.keys()) ?? alone) : undefined;
  const resource = name === undefined ? undefined : misnamed.get(name);
  if (nearest !== undefined && nearest.part !== "labels") return nearest;
  if (resource !== undefined) return { resource, part: "name", has: name };
  const kind = nearest === undefined && wanted.kind ? didYouMean(wanted.kind, otherKinds.keys()) : undefined;
  const misspelt = kind === undefined ? undefined : otherKinds.get(kind);
  return misspelt === undefined ? nearest : { resource: misspelt, part: "kind", has: kind };
}

/** Why an object is not the one, one sentence: "The Deployment web is in the namespace prod." */
export function describeNearest({ resource, part, has = "" }: NearestTarget): string {
  const { kind, name } = resource.id;
  switch (part) {
    case "name":
      return `There is ${article(kind)} ${kind} ${has}.`;
    case "kind":
      return `${name} is ${article(kind)} ${kind}.`;
    case "namespace":
      return `The ${kind} ${name} ${has === "" ? "says no namespace" : `is in the namespace ${has}`}.`;
    case "labels":
      return `The ${kind} ${name} has other labels or annotations.`;
    case "group":
      return `The ${kind} ${name} is of ${has === "" ? "the core group" : `the group ${has}`}.`;
    default:
      return `The ${kind} ${name} has the ${part} ${has}.`;
  }
}

function article(kind: string): string {
  return /^[AEIO]/.test(kind) ? "an" : "a";
}

/** Of several, what is wrong with it is said in this order. */
const order: readonly TargetPart[] = ["apiVersion", "group", "version", "namespace", "kind", "labels"];

function isNearer(part: TargetPart, than: NearestTarget | undefined): boolean {
  return than === undefined || order.indexOf(part) < order.indexOf(than.part);
}

/** Group and version are one word in a manifest; another kind of the same name mostly has other ones of both. */
function theOne(wrong: readonly TargetPart[], { name, isExact }: WantedTarget): TargetPart | undefined {
  const [first, second] = wrong;
  if (second === undefined) return isExact && (first === "group" || first === "version") ? "apiVersion" : first;
  if (!wrong.every((part) => part === "group" || part === "version" || part === "kind")) return undefined;
  if (!wrong.includes("kind")) return "apiVersion";
  return name && (isExact === true || isLiteral(name)) ? "kind" : undefined;
}

interface PartMatcher {
  readonly part: TargetPart;
  readonly fits: (resource: Resource) => boolean;
}

function matchersOf(wanted: WantedTarget): readonly PartMatcher[] {
  const { isExact = false } = wanted;
  const all: PartMatcher[] = [];
  const add = (part: TargetPart, text: string | undefined, valuesOf: (resource: Resource) => readonly string[]) => {
    if (text === undefined || (text === "" && !(isExact && (part === "group" || part === "namespace")))) return;
    const matches = isExact ? (value: string) => value === text : anchored(text);
    all.push({ part, fits: (resource) => valuesOf(resource).some(matches) });
  };
  add("group", wanted.group, ({ id }) => [id.group]);
  add("version", wanted.version, ({ id }) => [id.version]);
  add("kind", wanted.kind, ({ id }) => [id.kind]);
  add("name", wanted.name, namesOf);
  add("namespace", isExact ? wanted.namespace || "default" : wanted.namespace, (resource) => {
    // Of a cluster-scoped object a patch says no namespace either.
    if (isExact && resource.id.clusterScoped) return ["default"];
    return [effectiveNamespace(resource.id), effectiveNamespace(originalId(resource))];
  });
  // When everything else fits, they are the reason; alone they say nothing about which object is meant.
  if (all.length > 0 && (wanted.labelSelector || wanted.annotationSelector)) {
    all.push({ part: "labels", fits: () => false });
  }
  return all;
}

function anchored(pattern: string): Matcher {
  try {
    return compileAnchored(pattern);
  } catch {
    return () => true;
  }
}

function namesOf(resource: Resource): readonly string[] {
  return [resource.id.name, ...previousIdsOf(resource).map(({ name }) => name)];
}

function partOf(id: ResourceId, part: TargetPart): string | undefined {
  if (part === "labels") return undefined;
  return part === "apiVersion" ? apiVersionOf(id) : id[part];
}
