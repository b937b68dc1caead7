import { ApiError } from "./apiError";
import { findDefinedType } from "./applyOrder";
import { compare, isAboutTheObject, type PlannedObject } from "./applyPlan";
import type { Clock } from "./clock";
import type { Connection } from "./connection";
import { findResourceType } from "./discovery";
import { type KubeObject, pathOf, type ResourceType } from "./kubeObject";
import { applyObject } from "./serverSideApply";

/** What became of an object. */
export interface ApplyResult<T> {
  readonly planned: PlannedObject<T>;
  /** `unknown`: the API server went away before it answered. `skipped`: nobody tried. */
  readonly state: "created" | "configured" | "adopted" | "unchanged" | "failed" | "unknown" | "skipped";
  /** Why, as a sentence. Never holds a value of a Secret. */
  readonly message?: string | undefined;
  readonly warnings: readonly string[];
}

export interface RunOptions<T> {
  /** Whether fields that others manage are taken over. */
  readonly force: (planned: PlannedObject<T>) => boolean;
  readonly clock: Clock;
  /** Aborted, nothing more is begun; what is under way is brought to its end. */
  readonly signal: AbortSignal;
  readonly onResult?: ((result: ApplyResult<T>, done: number) => void) | undefined;
}

/** How long the API server may take to serve a kind that was just defined, in milliseconds. */
const definitionPatience = 30_000;

/** As many in a row without an answer in time, and the rest is not tried: it is not the trouble of one object then. */
const mostSilent = 2;

/** How often an object is sent to an API server that says it is busy; it has done nothing then. */
const tries = 4;

/** However much later a server asks us to come back, in milliseconds: somebody looks at the progress. */
const longestPause = 15_000;

/**
 * Applies planned objects one after the other, in their order, each at most once. What is unchanged is not sent. One that gets no answer in time
 * does not keep the others from being tried; when the cluster cannot be reached any more they are not. Never throws: each object has a result.
 */
export async function runApply<T>(
  connection: Connection,
  planned: readonly PlannedObject<T>[],
  options: RunOptions<T>,
): Promise<readonly ApplyResult<T>[]> {
  const results: ApplyResult<T>[] = [];
  const all = planned.map(({ object }) => object);
  let stopped: string | undefined;
  let silent = 0;
  for (const each of planned) {
    if (options.signal.aborted) stopped ??= "You cancelled before it.";
    const { stops, ...result }: ApplyResult<T> & Stops =
      stopped === undefined
        ? await applyOne(connection, each, { ...options, all })
        : { planned: each, state: "skipped", message: stopped, warnings: [] };
    results.push(result);
    // What was not sent says nothing.
    const isSent = each.state !== "unchanged" && each.state !== "failed" && result.state !== "skipped";
    if (isSent) silent = stops === "maybe" ? silent + 1 : 0;
    if (stops === "yes" || silent >= mostSilent) stopped ??= `Not tried: ${result.message}`;
    options.onResult?.(result, results.length);
  }
  return results;
}

/** Whether a result says that the others need not be tried: `maybe` when nobody answered in time. */
interface Stops {
  readonly stops?: "yes" | "maybe" | undefined;
}

async function applyOne<T>(
  connection: Connection,
  planned: PlannedObject<T>,
  options: RunOptions<T> & { readonly all: readonly KubeObject[] },
): Promise<ApplyResult<T> & Stops> {
  const { object, type, state, live, message, conflicts } = planned;
  const warnings: string[] = [];
  const force = options.force(planned);
  if (state === "failed" || type === undefined) return { planned, state: "failed", message, warnings };
  if (state === "unchanged") return { planned, state: "unchanged", warnings };
  if (conflicts.length > 0 && !force) {
    return { planned, state: "skipped", message: describeConflicts(planned), warnings };
  }
  try {
    if (state === "later" && findDefinedType(options.all, object) !== undefined) {
      await untilServed(connection, object, type, options);
    }
    const onWarning = (text: string): number => warnings.push(text);
    const after = await sendPatiently(options, () =>
      applyObject(connection, type, object, { dryRun: false, force, onWarning }),
    );
    return { planned, state: compare(live, after), warnings };
  } catch (error) {
    if (!(error instanceof ApiError)) return { planned, state: "failed", message: String(error), warnings };
    // These come from an API server that answers, or before anything was sent.
    const isKnown = isAboutTheObject(error) || ["busy", "signIn", "certificate"].includes(error.kind);
    const stops =
      error.kind === "timeout" ? "maybe" : isAboutTheObject(error) || error.kind === "busy" ? undefined : "yes";
    return { planned, state: isKnown ? "failed" : "unknown", message: error.message, warnings, stops };
  }
}

/** The sentence about fields that others manage. */
export function describeConflicts({ conflicts }: Pick<PlannedObject<unknown>, "conflicts">): string {
  const managers = [...new Set(conflicts.map(({ manager }) => manager))];
  const words = managers.map((manager) => {
    const fields = conflicts.filter((each) => each.manager === manager).map(({ field }) => field);
    return `${fields.join(", ")} by ${manager}`;
  });
  return `Others manage fields that would be set to other values: ${words.join("; ")}.`;
}

async function sendPatiently<R>({ clock, signal }: RunOptions<never>, send: () => Promise<R>): Promise<R> {
  for (let round = 1; ; round++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== "busy" || round === tries || signal.aborted) throw error;
      await clock.sleep(Math.min(error.details.retryAfter ?? 1000 * round, longestPause), signal);
    }
  }
}

/** A kind that was just defined is served some moments later; its API is there when its objects can be listed. */
async function untilServed(
  connection: Connection,
  object: KubeObject,
  type: ResourceType,
  { clock, signal }: Pick<RunOptions<never>, "clock" | "signal">,
): Promise<void> {
  const end = clock.now() + definitionPatience;
  while (!signal.aborted) {
    if ((await findResourceType(connection, object)) !== undefined && (await isListed(connection, type))) return;
    if (clock.now() > end) {
      throw new ApiError(
        "refused",
        `The API server does not serve the kind ${object.kind} yet, though it is defined. Try again later.`,
      );
    }
    await clock.sleep(250, signal);
  }
  throw new ApiError("refused", "You cancelled while its kind was being defined.");
}

async function isListed(connection: Connection, type: ResourceType): Promise<boolean> {
  try {
    await connection.get({ path: pathOf(type), query: { limit: 1 } });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Who may not list the objects cannot know, and may try to apply.
    if (error.kind === "forbidden") return true;
    if (error.kind === "notFound" || error.kind === "busy") return false;
    throw error;
  }
}

/** Whether something must be done about a result: it failed, or nobody knows. */
export function isOpen({ state }: Pick<ApplyResult<unknown>, "state">): boolean {
  return state === "failed" || state === "unknown" || state === "skipped";
}
