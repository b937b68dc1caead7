import { type Permission, type Right, reviewAccess } from "./accessReview";
import { ApiError } from "./apiError";
import { findDefinedType, inApplyOrder, isNamespace } from "./applyOrder";
import type { Connection } from "./connection";
import { findResourceType } from "./discovery";
import { isSame } from "./isSame";
import type { KubeObject, ResourceType } from "./kubeObject";
import { describeNoAnswer, ManyQuestions } from "./manyQuestions";
import { inNamespace, managersOf, readObject } from "./observeObject";
import { applyObject, conflictsOf, type FieldConflict, ourManager } from "./serverSideApply";

/** What applying would do to an object. */
export type PlannedState =
  | "created"
  | "configured"
  /** Its content stays; we become a manager of its fields. */
  | "adopted"
  | "unchanged"
  /** It will be made after something else of the plan is there, so the API server cannot say yet. */
  | "later"
  /** Others manage fields that we would set to other values. */
  | "conflict"
  /** It cannot be applied. */
  | "failed";

/** An object to apply, and what is known of it. `T` is whatever the caller keeps beside it. */
export interface PlannedObject<T> {
  readonly item: T;
  /** With the namespace in which it belongs. */
  readonly object: KubeObject;
  readonly type?: ResourceType | undefined;
  readonly state: PlannedState;
  /** Why it failed. Never holds a value of a Secret. */
  readonly message?: string | undefined;
  readonly conflicts: readonly FieldConflict[];
  /** What the API server warns of. */
  readonly warnings: readonly string[];
  readonly live?: KubeObject | undefined;
  /** What it would become, conflicts taken over. */
  readonly predicted?: KubeObject | undefined;
}

export interface ApplyPlan<T> {
  /** In the order in which they are applied. */
  readonly objects: readonly PlannedObject<T>[];
  /** Without these rights nothing can be applied; then no object was looked at. */
  readonly missing: readonly Permission[];
}

export interface PlanOptions<T> {
  readonly objectOf: (item: T) => KubeObject;
  /** Why an item must not be applied, a sentence; nothing when it may. */
  readonly refuse?: ((item: T) => string | undefined) | undefined;
  /** For objects that say none. */
  readonly namespace: string;
  readonly signal: AbortSignal;
}

interface Located<T> {
  readonly item: T;
  readonly object: KubeObject;
  readonly type?: ResourceType | undefined;
  /** Why it cannot be applied. */
  message?: string | undefined;
  live?: KubeObject | undefined;
}

/**
 * Finds out what applying objects would do, by dry runs: nothing is changed. First come the rights: all that are missing are told at once. What
 * the cluster does not answer about one object is told of that object; throws when the cluster cannot be asked at all.
 */
export async function planApply<T>(
  connection: Connection,
  items: readonly T[],
  options: PlanOptions<T>,
): Promise<ApplyPlan<T>> {
  const { objectOf, signal } = options;
  const ordered = inApplyOrder(items, objectOf);
  const all = ordered.map(objectOf);
  const questions = new ManyQuestions();
  const places = await questions.ask(ordered, (item) => locate(connection, { ...options, item, all }));
  const located = places.map((place, i): Located<T> => {
    const item = ordered[i] as T;
    return place.answer ?? { item, object: objectOf(item), message: describeNoAnswer(place) };
  });
  const permissions = await askRights(connection, located, questions, signal);
  const mayNot = (verb: Right["verb"], { type, object }: Located<T>): Permission | undefined =>
    permissions.find(
      ({ allowed, right }) => !allowed && right.verb === verb && type !== undefined && isFor(right, type, object),
    );

  const readable = located.filter((each) => isApplicable(each) && mayNot("get", each) === undefined);
  const reads = await questions.ask(readable, async ({ type, object }) => {
    return type === undefined ? undefined : await readObject(connection, type, object.metadata, signal);
  });
  for (const [i, each] of readable.entries()) {
    const read = reads[i];
    if (read?.failure === undefined) each.live = read?.answer;
    else each.message = describeNoAnswer(read);
  }
  const missing = located.filter(isApplicable).flatMap((each) => {
    const create = each.live === undefined ? mayNot("create", each) : undefined;
    return [mayNot("get", each), mayNot("patch", each), create].filter((right) => right !== undefined);
  });
  if (missing.length > 0) return { objects: [], missing: [...new Set(missing)] };
  const plans = await questions.ask(located, (each) => plan(connection, each, located, signal));
  const objects = plans.map((outcome, i): PlannedObject<T> => {
    if (outcome.failure === undefined) return outcome.answer;
    const { item, object, type, live } = located[i] as Located<T>;
    const message = describeNoAnswer(outcome, "tried");
    return { item, object, type, live, state: "failed", message, conflicts: [], warnings: [] };
  });
  return { objects, missing: [] };
}

function isApplicable({ type, message }: Located<unknown>): boolean {
  return type !== undefined && message === undefined;
}

/** What the API server says of the rights; an object of which it does not say it cannot be applied, and has the reason then. */
async function askRights(
  connection: Connection,
  located: readonly Located<unknown>[],
  questions: ManyQuestions,
  signal: AbortSignal,
): Promise<readonly Permission[]> {
  const rights = rightsFor(located);
  const outcomes = await questions.ask(rights, async (right) => {
    const permissions = await reviewAccess(connection, [right], signal);
    return await Promise.all(permissions.map((each) => orOneByOne(connection, each, located, signal)));
  });
  return outcomes.flatMap((outcome, i) => {
    const right = rights[i];
    if (outcome.failure === undefined || right === undefined) return outcome.answer ?? [];
    for (const each of located) {
      if (each.type === undefined || !isFor(right, each.type, each.object)) continue;
      each.message ??= `Nobody said whether you may ${right.verb} ${right.resource}. ${describeNoAnswer(outcome, "asked")}`;
    }
    return [];
  });
}

/**
 * Who may not touch all objects of a kind may still touch those that are applied (`resourceNames` of a role). Nobody may make an object by its name
 * alone.
 */
async function orOneByOne(
  connection: Connection,
  permission: Permission,
  located: readonly Located<unknown>[],
  signal: AbortSignal,
): Promise<Permission> {
  const { allowed, right } = permission;
  if (allowed || right.verb === "create") return permission;
  for (const { type, object } of located) {
    if (type === undefined || !isFor(right, type, object)) continue;
    const [one] = await reviewAccess(connection, [{ ...right, name: object.metadata.name }], signal);
    if (one?.allowed !== true) return permission;
  }
  return { ...permission, allowed: true };
}

async function locate<T>(
  connection: Connection,
  {
    item,
    all,
    objectOf,
    refuse,
    namespace,
    signal,
  }: PlanOptions<T> & { readonly item: T; readonly all: readonly KubeObject[] },
): Promise<Located<T>> {
  const object = objectOf(item);
  const refusal = refuse?.(item);
  if (refusal !== undefined) return { item, object, message: refusal };
  const type = (await findResourceType(connection, object, signal)) ?? findDefinedType(all, object);
  if (type === undefined) {
    const message = `The cluster does not know the kind ${object.kind} of ${object.apiVersion}. Install what defines it, or apply its definition too.`;
    return { item, object, message };
  }
  const placed = inNamespace(object, type, namespace);
  if (placed.metadata.name) return { item, object: placed, type };
  return { item, object, message: "It has no name before it is made (generateName); create it with kubectl create." };
}

/** Each right once. */
function rightsFor(located: readonly Located<unknown>[]): readonly Right[] {
  const rights = new Map<string, Right>();
  for (const { type, object } of located) {
    if (type === undefined) continue;
    const { namespace } = object.metadata;
    for (const verb of ["get", "patch", "create"] as const) {
      const right: Right = { verb, group: type.group, resource: type.plural, namespace };
      rights.set(JSON.stringify(right), right);
    }
  }
  return [...rights.values()];
}

function isFor(right: Right, { group, plural }: ResourceType, { metadata }: KubeObject): boolean {
  return right.group === group && right.resource === plural && right.namespace === metadata.namespace;
}

async function plan<T>(
  connection: Connection,
  { item, object, type, message, live }: Located<T>,
  all: readonly Located<T>[],
  signal: AbortSignal,
): Promise<PlannedObject<T>> {
  const warnings: string[] = [];
  const base = { item, object, type, live, conflicts: [], warnings };
  if (type === undefined || message !== undefined) return { ...base, state: "failed", message };
  if (waitsForOthers(object, all) || (await findResourceType(connection, object, signal)) === undefined) {
    return { ...base, state: "later" };
  }
  const options = { dryRun: true, signal, onWarning: (text: string) => warnings.push(text) };
  try {
    const predicted = await applyObject(connection, type, object, { ...options, force: false });
    return { ...base, predicted, state: compare(live, predicted) };
  } catch (error) {
    const conflicts = conflictsOf(error);
    if (conflicts.length > 0) {
      const predicted = await applyObject(connection, type, object, { ...options, force: true });
      return { ...base, conflicts, predicted, state: "conflict" };
    }
    if (!(error instanceof ApiError) || !isAboutTheObject(error)) throw error;
    // An admission webhook that would do something besides; the real apply may pass.
    if (/does not support dry.?run/i.test(error.message)) return { ...base, state: "later", message: error.message };
    const hint = error.kind === "notFound" ? " Make it first, or let the kustomization include it." : "";
    return { ...base, state: "failed", message: `${error.message}${hint}` };
  }
}

/** Whether the namespace of an object is made by the same plan. */
function waitsForOthers({ metadata }: KubeObject, all: readonly Located<unknown>[]): boolean {
  return all.some((each) => {
    const { object, live } = each;
    return isApplicable(each) && !live && isNamespace(object) && object.metadata.name === metadata.namespace;
  });
}

/** Whether a failure concerns one object; the others may fare better. */
export function isAboutTheObject({ kind }: ApiError): boolean {
  return kind === "refused" || kind === "conflict" || kind === "notFound" || kind === "forbidden";
}

/** What became of an object, or would. */
export function compare(
  before: KubeObject | undefined,
  after: KubeObject,
): "created" | "configured" | "adopted" | "unchanged" {
  if (before === undefined) return "created";
  if (!isSame(contentOf(before), contentOf(after))) return "configured";
  return isSame(ourFields(before), ourFields(after)) ? "unchanged" : "adopted";
}

function contentOf(object: KubeObject): unknown {
  const { metadata, status: _, ...content } = object;
  const {
    managedFields: __,
    resourceVersion: ___,
    generation: ____,
    ...kept
  } = metadata as unknown as Record<string, unknown>;
  return { ...content, metadata: kept };
}

function ourFields(object: KubeObject): unknown {
  return managersOf(object).find(({ manager, operation, subresource }) => {
    return manager === ourManager && operation === "Apply" && !subresource;
  })?.fieldsV1;
}
