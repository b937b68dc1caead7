import type { Hit, Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { argocdObjects, itemsOf } from "../applications";
import { projectSample, windowSample } from "../samples";

/** A sync window for nothing. */
export const windowWithoutTarget: Rule = {
  code: "argocd/window-without-target",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec, open } of argocdObjects(context, "AppProject")) {
      for (const window of open ? [] : itemsOf(getValue(spec, "syncWindows"))) {
        if (window.kind !== "mapping") continue;
        const targets = ["applications", "namespaces", "clusters"].flatMap((name) => itemsOf(getValue(window, name)));
        const [first] = window.entries;
        if (targets.length > 0 || first === undefined) continue;
        yield {
          place: first.key.origin.place,
          message: "The window is for no Application, so it does nothing.",
          help: "Add `applications: ['*']`, or `namespaces` or `clusters`.",
        };
      }
    }
  },
  docs: {
    summary: "A sync window names no applications, namespaces or clusters.",
    explanation:
      "A window counts for the Applications that one of the three matches. Argo CD's API refuses one without.",
    bad: projectSample("syncWindows:", "- kind: allow", "  schedule: '0 22 * * *'", "  duration: 1h"),
    good: windowSample("schedule: '0 22 * * *'"),
  },
};
