/** One field of a schedule: what it counts, and the names that stand for numbers in it. */
export interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The fields of a schedule of Argo CD, in their order: no seconds, and no `@daily`. */
export const cronFields: readonly CronField[] = [
  { name: "minute", least: 0, most: 59, words: [] },
  { name: "hour", least: 0, most: 23, words: [] },
  { name: "day of the month", least: 1, most: 31, words: [] },
  { name: "month", least: 1, most: 12, words: months },
  { name: "day of the week", least: 0, most: 6, words: days },
];

/** One item of a list in a field: `5`, `1-5`, `*`, each with `/step`. */
export interface CronRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** A bare `*` or `?`: the field restricts nothing, which matters for days. */
  readonly isStar: boolean;
}

/** What is wrong in a schedule, and where in its text. */
export interface CronMistake {
  readonly start: number;
  readonly end: number;
  /** A sentence without its subject's name, for example `` `25` is no hour: it counts from 0 to 23. `` */
  readonly message: string;
}

/**
 * Finds the first mistake in the schedule of a sync window; `undefined` when there is none. The parser of Argo CD is that of
 * robfig/cron with five fields: numbers and names, ranges, lists and steps; `?` is `*`; a time zone may stand in front.
 */
export function findCronMistake(schedule: string): CronMistake | undefined {
  const { words } = splitSchedule(schedule);
  if (words.length !== cronFields.length) {
    const count =
      words.length === 1 && words[0]?.text.startsWith("@") ? `\`${words[0].text}\`` : `${words.length} fields`;
    const message = `The schedule has ${count}; it needs five: minute, hour, day of the month, month, day of the week.`;
    return { start: 0, end: schedule.length, message };
  }
  for (const [i, field] of cronFields.entries()) {
    const word = words[i];
    let start = word?.start ?? 0;
    for (const part of (word?.text ?? "").split(",")) {
      const range = readRange(part, field);
      if (typeof range === "string") return { start, end: start + part.length, message: range };
      start += part.length + 1;
    }
  }
  return undefined;
}

/** The time zone in front of a schedule (`TZ=Europe/Berlin`), and its fields. */
export function splitSchedule(schedule: string): {
  readonly zone: string | undefined;
  readonly words: readonly { readonly text: string; readonly start: number }[];
} {
  const [prefix = "", zone] = /^(?:CRON_)?TZ=(\S*)\s*/.exec(schedule) ?? [];
  const words = [...schedule.slice(prefix.length).matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: prefix.length + match.index,
  }));
  return { zone, words };
}

/**
 * What one item of a list means, or the sentence that says what is wrong in it. An empty one means nothing: the parser skips it, as it skips
 * its comma.
 */
export function readRange(part: string, field: CronField): CronRange | string | undefined {
  if (part === "") return undefined;
  const [range = "", stepText, ...more] = part.split("/");
  if (more.length > 0) return `\`${part}\` has more than one step.`;
  if (stepText !== undefined && !/^0*[1-9]\d*$/.test(stepText)) return `\`${stepText}\` in \`${part}\` is no step.`;
  const step = Number(stepText ?? 1);
  // Behind a star nothing counts.
  if (/^[*?](?:-|$)/.test(range)) return { from: field.least, to: field.most, step, isStar: step === 1 };
  const [from = "", to, ...others] = range.split("-");
  if (others.length > 0) return `\`${range}\` is no range.`;
  const first = numberOf(from, field);
  const last = to === undefined ? first : numberOf(to, field);
  const wrong = first === undefined ? from : last === undefined ? to : undefined;
  if (first === undefined || last === undefined) {
    return `\`${wrong}\` is no ${field.name}: it counts from ${field.least} to ${field.most}.`;
  }
  if (first > last) return `The range \`${range}\` ends before it begins.`;
  // `5/10` goes on to the end of the field.
  return { from: first, to: to === undefined && stepText !== undefined ? field.most : last, step, isStar: false };
}

function numberOf(text: string, { least, most, words }: CronField): number | undefined {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return word + least;
  if (!/^\d{1,6}$/.test(text)) return undefined;
  const number = Number(text);
  return number < least || number > most ? undefined : number;
}
