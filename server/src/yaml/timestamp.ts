/**
 * Dates that YAML takes for timestamps, as go-yaml reads them with Go's `time.Parse`: `2001-12-14`, `2001-12-14 21:59:43.10`,
 * `2001-12-14T21:59:43-05:00`. Months, days and clock fields may have one digit; a fraction may begin with a comma.
 */

const datePattern = /^(\d{4})-(\d{1,2})-(\d{1,2})(.*)$/s;
const zonedClock = /^[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)$/;
const plainClock = /^ +(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?$/;

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** The digits after the point, nine at most. */
  readonly fraction: string;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

const midnight: Clock = { hour: 0, minute: 0, second: 0, fraction: "", offset: 0 };

/**
 * Reads a timestamp and writes it as Go's JSON does (RFC 3339): `2001-12-14` gives `2001-12-14T00:00:00Z`. `undefined` when
 * `text` is no timestamp, for example `2001-13-01`.
 */
export function normaliseTimestamp(text: string): string | undefined {
  // Nearly every scalar fails here.
  if (text.charCodeAt(4) !== 45 || text.length < 8) return undefined;
  const date = datePattern.exec(text);
  if (date === null) return undefined;
  const [, year = "", monthText = "", dayText = "", rest = ""] = date;
  const month = Number(monthText);
  const day = Number(dayText);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(Number(year), month)) return undefined;
  const clock = rest === "" ? midnight : parseClock(rest);
  if (clock === undefined) return undefined;
  const fraction = clock.fraction.replace(/0+$/, "");
  const time = `${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}${fraction === "" ? "" : `.${fraction}`}`;
  return `${year}-${two(month)}-${two(day)}T${time}${zoneText(clock.offset)}`;
}

function parseClock(text: string): Clock | undefined {
  const match = zonedClock.exec(text) ?? plainClock.exec(text);
  if (match === null) return undefined;
  const [, hour, minute, second, fraction = "", zone = "Z"] = match;
  const clock = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    fraction: fraction.slice(0, 9),
    offset: 0,
  };
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) return undefined;
  if (zone === "Z") return clock;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 24 || minutes > 60) return undefined;
  return { ...clock, offset: (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) };
}

function zoneText(offset: number): string {
  if (offset === 0) return "Z";
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
