import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { taskSpecsOf, wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { stepSample } from "../samples";

/** Two ways to say what a step runs. */
export const scriptAndCommand: Rule = {
  code: "tekton/script-and-command",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    const tasks = [...taskSpecsOf(context)].map(({ task }) => task);
    const sidecars = new Set(tasks.flatMap((task) => task.sidecars));
    const actions = [...wholeObjectsOf(context)].flatMap(({ stepAction }) => stepAction ?? []);
    for (const container of [...tasks.flatMap(({ steps }) => steps), ...actions, ...sidecars]) {
      const { node, ref } = container;
      if (ref !== undefined || !isSet(node, "script") || !isSet(node, "command")) continue;
      const message = "`command` and `script` exclude each other.";
      const help = "Keep one of the two. `args` are handed to the script.";
      // Not every version looks at sidecars.
      const severity = sidecars.has(container) ? "warning" : undefined;
      yield { place: keyPlace(node, "command"), message, help, severity };
    }
  },
  docs: {
    summary: "A step, sidecar or StepAction has a `script` and a `command`.",
    explanation: "The script is the command, so Tekton's webhook refuses both together.",
    bad: stepSample("    command: [make]\n    script: make\n"),
    good: stepSample("    script: make\n"),
  },
};
