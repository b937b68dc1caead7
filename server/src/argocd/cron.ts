/** One field of a schedule: what it counts, and the names that stand for numbers in it. */
interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The fields of a schedule of Argo CD, in their order: no seconds, and no `@daily`. */
const fields: readonly CronField[] = [
  { name: "minute", least: 0, most: 59, words: [] },
  { name: "hour", least: 0, most: 23, words: [] },
  { name: "day of the month", least: 1, most: 31, words: [] },
  { name: "month", least: 1, most: 12, words: months },
  { name: "day of the week", least: 0, most: 6, words: days },
];

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
  const zone = /^(?:CRON_)?TZ=\S*\s*/.exec(schedule)?.[0] ?? "";
  const words = [...schedule.slice(zone.length).matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: zone.length + match.index,
  }));
  if (words.length !== fields.length) {
    const count =
      words.length === 1 && words[0]?.text.startsWith("@") ? `\`${words[0].text}\`` : `${words.length} fields`;
    const message = `The schedule has ${count}; it needs five: minute, hour, day of the month, month, day of the week.`;
    return { start: 0, end: schedule.length, message };
  }
  for (const [i, field] of fields.entries()) {
    const word = words[i];
    let start = word?.start ?? 0;
    for (const part of (word?.text ?? "").split(",")) {
      const message = partMistake(part, field);
      if (message !== undefined) return { start, end: start + part.length, message };
      start += part.length + 1;
    }
  }
  return undefined;
}

/** What is wrong in one item of a list: `5`, `1-5`, `*`, each with `/step`. An empty one is skipped by the parser, as is its comma. */
function partMistake(part: string, field: CronField): string | undefined {
  if (part === "") return undefined;
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0) return `\`${part}\` has more than one step.`;
  if (step !== undefined && !/^0*[1-9]\d*$/.test(step)) return `\`${step}\` in \`${part}\` is no step.`;
  // Behind a star nothing counts.
  if (/^[*?](?:-|$)/.test(range)) return undefined;
  const [from = "", to, ...others] = range.split("-");
  if (others.length > 0) return `\`${range}\` is no range.`;
  const first = numberOf(from, field);
  const last = to === undefined ? first : numberOf(to, field);
  const wrong = first === undefined ? from : last === undefined ? to : undefined;
  if (first === undefined || last === undefined) {
    return `\`${wrong}\` is no ${field.name}: it counts from ${field.least} to ${field.most}.`;
  }
  return first > last ? `The range \`${range}\` ends before it begins.` : undefined;
}

function numberOf(text: string, { least, most, words }: CronField): number | undefined {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return word + least;
  if (!/^\d{1,6}$/.test(text)) return undefined;
  const number = Number(text);
  return number < least || number > most ? undefined : number;
}
