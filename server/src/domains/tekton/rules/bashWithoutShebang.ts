import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { taskSpecsOf, wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { stepSample } from "../samples";

/** A script that is written for another shell than the one that runs it. */
export const bashWithoutShebang: Rule = {
  code: "tekton/bash-without-shebang",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    const containers = [...taskSpecsOf(context)].flatMap(({ task }) => [...task.steps, ...task.sidecars]);
    const actions = [...wholeObjectsOf(context)].flatMap(({ stepAction }) => stepAction ?? []);
    for (const { node, script } of [...containers, ...actions]) {
      if (script === undefined || script.text.trimStart().startsWith("#!") || isPlaceholder(script.text.slice(0, 2)))
        continue;
      if (!bashOnly.test(script.text)) continue;
      const message =
        "Without a first line like `#!/usr/bin/env bash`, `/bin/sh` runs this script, which is written for bash.";
      yield { place: keyPlace(node, "script"), message, help: "Name the shell in the first line." };
    }
  },
  docs: {
    summary: "A script uses what only bash knows, and its first line does not say so.",
    explanation:
      "Tekton runs a script without `#!` with `/bin/sh -e`. In many images that is not bash, and `[[`, arrays or `pipefail` fail there.",
    bad: stepSample('    script: |\n      if [[ "$X" == a ]]; then make; fi\n'),
    good: stepSample('    script: |\n      #!/usr/bin/env bash\n      if [[ "$X" == a ]]; then make; fi\n'),
  },
};

/** `[[ … ]]`, arrays, `pipefail`, `<<<`, and substitutions such as `${x//a/b}` and `${x,,}`. */
const bashOnly =
  /(?:^|[\s;(!])\[\[\s|^[ \t]*(?:declare|mapfile|readarray)\s|\bpipefail\b|<<<|^[ \t]*\w+=\(|\$\{\w+(?:\/\/|,,|\^\^)/m;
