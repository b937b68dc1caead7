import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { findCronMistake } from "../../../argocd/cron";
import { getValue } from "../../../yaml/node";
import { placeWithin } from "../../../yaml/placeWithin";
import { argocdObjects, itemsOf } from "../applications";
import { windowSample } from "../samples";

/** A schedule of a sync window that Argo CD cannot read. */
export const invalidSchedule: Rule = {
  code: "argocd/invalid-schedule",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of argocdObjects(context, "AppProject")) {
      for (const window of itemsOf(getValue(spec, "syncWindows"))) {
        const schedule = getValue(window, "schedule");
        if (schedule?.kind !== "scalar" || schedule.tag === "null" || isPlaceholder(schedule.text)) continue;
        const mistake = findCronMistake(schedule.text);
        if (mistake === undefined) continue;
        yield {
          place: placeWithin(schedule, mistake.start, mistake.end),
          message: mistake.message,
          help: "Write for example `0 22 * * mon-fri`: at ten in the evening from Monday to Friday.",
        };
      }
    }
  },
  docs: {
    summary: "The schedule of a sync window is none that Argo CD reads.",
    explanation:
      "A schedule has five fields: minute, hour, day of the month, month, day of the week (0 to 6, or `sun` to `sat`). There are no seconds, and no `@daily`. With a schedule that Argo CD cannot read, none of the Applications of the window syncs.",
    bad: windowSample("schedule: '0 25 * * *'"),
    good: windowSample("schedule: '0 22 * * *'"),
  },
};
