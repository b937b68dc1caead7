import type { SyncWindow, WindowTarget, WindowVerdict } from "../protocol/syncWindows";
import { type CronSchedule, nextTime, parseSchedule } from "./cronSchedule";
import { parseGoDuration } from "./duration";
import { matchesPattern } from "./pattern";
import { type ZoneOffset, zoneOffset } from "./timeZone";

/**
 * What the windows say to a sync at `time` (milliseconds since 1970), by `SyncWindows.CanSync` of argo-cd
 * `pkg/apis/application/v1alpha1/types.go`: where a denying window is open nothing syncs; else one allowing window that is open is enough;
 * else allowing windows that are closed hold it back. A person gets past windows that all say `manualSync`.
 */
export function judgeWindows(windows: readonly SyncWindow[], target: WindowTarget, time: number): WindowVerdict {
  return judge(readWindows(windows, target), time);
}

/** How many openings and closings are looked at before we say that we do not know. */
const mostChanges = 500;

/** The next time at which a sync that a person asks for may run; `undefined` when that is not within reach. */
export function nextOpening(windows: readonly SyncWindow[], target: WindowTarget, time: number): number | undefined {
  const read = readWindows(windows, target);
  let now = time;
  for (let i = 0; i < mostChanges; i++) {
    const verdict = judge(read, now);
    if (verdict.manual) return now;
    const changes = verdict.mistake === undefined ? read.flatMap((window) => changesAfter(window, now)) : [];
    if (changes.length === 0) return undefined;
    // A window is not open yet at the very moment at which it begins.
    now = Math.min(...changes) + 1;
  }
  return undefined;
}

/** A window that is about the Application, ready to be asked for times. */
interface ReadWindow {
  readonly index: number;
  readonly window: SyncWindow;
  /** When it opens and for how long; absent when it cannot be read. */
  readonly times:
    | { readonly schedule: CronSchedule; readonly duration: number; readonly offsetAt: ZoneOffset }
    | undefined;
}

function readWindows(windows: readonly SyncWindow[], target: WindowTarget): readonly ReadWindow[] {
  return windows.flatMap((window, index): readonly ReadWindow[] => {
    if (!isAbout(window, target)) return [];
    const schedule = parseSchedule(window.schedule ?? "");
    const duration = parseGoDuration(window.duration ?? "");
    if (schedule === undefined || duration === undefined) return [{ index, window, times: undefined }];
    return [{ index, window, times: { schedule, duration, offsetAt: zoneOffset(window.timeZone ?? "") } }];
  });
}

/** Of the lists that a window has, one must match, or all with `andOperator`. A window without lists is about nothing. */
function isAbout({ applications, clusters, namespaces, andOperator }: SyncWindow, target: WindowTarget): boolean {
  const { name, destination } = target;
  const some = (patterns: readonly string[], texts: readonly (string | undefined)[]): boolean =>
    patterns.some((pattern) => texts.some((text) => text !== undefined && matchesPattern(pattern, text)));
  const known = (text: string | undefined): string | undefined => text || undefined;
  const lists = [
    { patterns: applications ?? [], texts: [name] },
    { patterns: clusters ?? [], texts: [known(destination.name), known(destination.server)] },
    { patterns: namespaces ?? [], texts: [destination.namespace ?? ""] },
  ].filter(({ patterns }) => patterns.length > 0);
  if (lists.length === 0) return false;
  const answers = lists.map(({ patterns, texts }) => some(patterns, texts));
  return andOperator === true ? answers.every((each) => each) : answers.includes(true);
}

function judge(windows: readonly ReadWindow[], time: number): WindowVerdict {
  const matching = windows.map(({ index }) => index);
  const mistake = windows.find(({ times }) => times === undefined)?.index;
  if (mistake !== undefined) {
    return { matching, active: [], automatic: false, manual: false, blocking: [mistake], mistake };
  }
  const active = windows.filter((window) => isOpen(window, time));
  const denying = active.filter(({ window }) => window.kind === "deny");
  const isAllowed = active.some(({ window }) => window.kind === "allow");
  const closed = windows.filter((each) => each.window.kind === "allow" && !active.includes(each));
  const blocking = denying.length > 0 ? denying : isAllowed ? [] : closed;
  return {
    matching,
    active: active.map(({ index }) => index),
    automatic: blocking.length === 0,
    manual: blocking.every(({ window }) => window.manualSync === true),
    blocking: blocking.map(({ index }) => index),
  };
}

/**
 * Argo CD shifts the time by the present offset of the window's zone and then reads the schedule in UTC. A schedule that never comes counts as
 * one that came long ago, so that its window is always open.
 */
function isOpen({ times }: ReadWindow, time: number): boolean {
  if (times === undefined) return false;
  const shifted = time + times.offsetAt(time);
  const start = nextTime(times.schedule, shifted - times.duration);
  return start === undefined || start < shifted;
}

/** When a window begins next, and when one that has begun ends. */
function changesAfter({ times }: ReadWindow, time: number): readonly number[] {
  if (times === undefined) return [];
  const { schedule, duration, offsetAt } = times;
  const offset = offsetAt(time);
  const begin = nextTime(schedule, time + offset);
  const begun = nextTime(schedule, time + offset - duration);
  return [begin, begun === undefined ? undefined : begun + duration].flatMap((each) =>
    each === undefined ? [] : [each - offset],
  );
}
