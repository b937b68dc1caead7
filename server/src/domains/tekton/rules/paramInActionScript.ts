import type { Hit, Rule } from "../../../analysis/rule";
import { findVariables, placeOfVariable } from "../../../tekton/variables";
import { wholeObjectsOf } from "../objects";
import { sample } from "../samples";

/** A parameter in the script of a StepAction. */
export const paramInActionScript: Rule = {
  code: "tekton/param-in-action-script",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { stepAction } of wholeObjectsOf(context)) {
      const script = stepAction?.script;
      if (script === undefined) continue;
      for (const variable of findVariables(script.text)) {
        if (variable.names[0] !== "params") continue;
        yield {
          place: placeOfVariable(script, variable),
          message: "The script of a StepAction cannot name parameters.",
          help: "Hand it over as an environment variable: put it into `env`.",
        };
      }
    }
  },
  docs: {
    summary: "The script of a StepAction names a parameter.",
    explanation:
      "What stands in a parameter would become part of the script, so Tekton's webhook refuses it. An environment variable is safe.",
    bad: sample(
      "StepAction",
      "  params:\n  - name: url\n  image: alpine:3.22\n  script: wget $(params.url)\n",
      "tekton.dev/v1beta1",
    ),
    good: sample(
      "StepAction",
      '  params:\n  - name: url\n  image: alpine:3.22\n  env:\n  - name: URL\n    value: $(params.url)\n  script: wget "$URL"\n',
      "tekton.dev/v1beta1",
    ),
  },
};
