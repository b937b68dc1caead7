import { objectsOf } from "../../../analysis/checkedObjects";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { sample } from "../samples";

/** A name that Tekton finds too long; what else is wrong with names is the same for all kinds. */
export const nameTooLong: Rule = {
  code: "tekton/name-too-long",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, apiVersion, kind } of objectsOf(context)) {
      const name = getIn(node, ["metadata", "name"]);
      const text = textOf(name);
      if (!/^(?:triggers\.)?tekton\.dev\//.test(apiVersion) || name === undefined || text === undefined) continue;
      const most = kind === "EventListener" ? 60 : 63;
      // From 254 characters on, the API server itself says so.
      if (isPlaceholder(text) || text.length <= most || text.length > 253 || kind.endsWith("Interceptor")) continue;
      const message = `The name of this ${kind} has ${text.length} characters, Tekton takes at most ${most}.`;
      const reason = kind === "EventListener" ? " Its Service gets the name with `el-` in front." : "";
      yield { place: name.origin.place, message, help: `Shorten the name.${reason}` };
    }
  },
  docs: {
    summary: "The name of an object of Tekton has more than 63 characters.",
    explanation:
      "Tekton uses names as values of labels, and its webhook refuses what does not fit there. An EventListener may have 60, because its Service is called `el-` and its name.",
    bad: sample("Task", "  steps:\n  - image: alpine:3.22\n").replace("name: build", `name: ${"long-".repeat(13)}name`),
    good: sample("Task", "  steps:\n  - image: alpine:3.22\n"),
  },
};
