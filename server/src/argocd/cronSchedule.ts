import { type CronRange, cronFields, findCronMistake, readRange, splitSchedule } from "./cron";
import { type ZoneOffset, zoneOffset } from "./timeZone";

/** When something begins, again and again: the schedule of a sync window. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number>;
  /** Both kinds of days are restricted: then one of them is enough, as cron has always had it. */
  readonly eitherDay: boolean;
  /** Of the time zone that stands in front, if any. */
  readonly offsetAt: ZoneOffset;
}

/** Reads a schedule of five fields; `undefined` for one in which `findCronMistake` finds a mistake. */
export function parseSchedule(text: string): CronSchedule | undefined {
  if (findCronMistake(text) !== undefined) return undefined;
  const { zone, words } = splitSchedule(text);
  const ranges = cronFields.map((field, i): readonly CronRange[] =>
    (words[i]?.text ?? "").split(",").flatMap((part) => {
      const range = readRange(part, field);
      return typeof range === "object" ? [range] : [];
    }),
  );
  const [minutes = [], hours = [], daysOfMonth = [], months = [], daysOfWeek = []] = ranges;
  return {
    minutes: numbersOf(minutes),
    hours: numbersOf(hours),
    daysOfMonth: numbersOf(daysOfMonth),
    months: numbersOf(months),
    daysOfWeek: numbersOf(daysOfWeek),
    eitherDay: ![...daysOfMonth, ...daysOfWeek].some(({ isStar }) => isStar),
    offsetAt: zoneOffset(zone ?? ""),
  };
}

function numbersOf(ranges: readonly CronRange[]): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const { from, to, step } of ranges) for (let each = from; each <= to; each += step) numbers.add(each);
  return numbers;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** A schedule that does not come within so many years never comes, for example that of the 31st of February. */
const yearsAhead = 5;

/**
 * The first time after `time` that a schedule names, both in milliseconds since 1970 by a clock that shows UTC; `undefined` when there is none
 * (`SpecSchedule.Next` of robfig/cron). The zone in front of a schedule is taken with the offset that it has at `time`.
 */
export function nextTime(schedule: CronSchedule, time: number): number | undefined {
  const offset = schedule.offsetAt(time);
  const first = Math.floor((time + offset) / minute) * minute + minute;
  const lastYear = new Date(first).getUTCFullYear() + yearsAhead;
  for (let start = Math.floor(first / day) * day; new Date(start).getUTCFullYear() <= lastYear; start += day) {
    if (!isOnDay(schedule, new Date(start))) continue;
    const found = timeOfDay(schedule, Math.max(first - start, 0));
    if (found !== undefined) return start + found - offset;
  }
  return undefined;
}

function isOnDay({ months, daysOfMonth, daysOfWeek, eitherDay }: CronSchedule, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const [ofMonth, ofWeek] = [daysOfMonth.has(date.getUTCDate()), daysOfWeek.has(date.getUTCDay())];
  return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}

/** The first time of a day, in milliseconds since midnight, that is not before `least`. */
function timeOfDay({ minutes, hours }: CronSchedule, least: number): number | undefined {
  for (let time = least; time < day; ) {
    const hour = Math.floor(time / (60 * minute));
    if (!hours.has(hour)) time = (hour + 1) * 60 * minute;
    else if (minutes.has(Math.floor(time / minute) % 60)) return time;
    else time += minute;
  }
  return undefined;
}
