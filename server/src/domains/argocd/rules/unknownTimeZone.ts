import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { getValue } from "../../../yaml/node";
import { argocdObjects, itemsOf } from "../applications";
import { windowSample } from "../samples";

/** A time zone of a sync window that does not exist. */
export const unknownTimeZone: Rule = {
  code: "argocd/unknown-time-zone",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of argocdObjects(context, "AppProject")) {
      for (const window of itemsOf(getValue(spec, "syncWindows"))) {
        const zone = getValue(window, "timeZone");
        if (zone?.kind !== "scalar" || zone.tag !== "str" || zone.text === "" || isPlaceholder(zone.text)) continue;
        if (isTimeZone(zone.text)) continue;
        const suggestion = didYouMean(zone.text, Intl.supportedValuesOf("timeZone"));
        yield {
          place: zone.origin.place,
          message: `There is no time zone \`${zone.text}\`, so the window counts in UTC.`,
          help: suggestion === undefined ? "Write one like `Europe/Berlin`." : `Did you mean \`${suggestion}\`?`,
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "The time zone of a sync window does not exist.",
    explanation:
      "Names are those of the IANA, for example `Europe/Berlin`. Argo CD takes UTC for any other, without a word.",
    bad: windowSample("timeZone: Europe/Berlni"),
    good: windowSample("timeZone: Europe/Berlin"),
  },
  fix: useSuggestion,
};

/** Whether the IANA's data base has a zone of that name; names of offsets such as `+02:00` are none of it. */
function isTimeZone(name: string): boolean {
  if (name === "Local") return true;
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
