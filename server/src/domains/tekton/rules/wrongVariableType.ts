import type { Fix } from "../../../analysis/finding";
import type { Hit, Rule } from "../../../analysis/rule";
import type { TypeFault } from "../../../tekton/variableProblem";
import { placeOfVariable } from "../../../tekton/variables";
import { sample } from "../samples";
import { variableProblemsOf } from "../variableProblems";

/** An array or object in the place of a text, or the other way round. */
export const wrongVariableType: Rule = {
  code: "tekton/wrong-variable-type",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { scalar, variable, fault, refused } of variableProblemsOf(context, "matrixResult")) {
      const whole = `$(${variable.text.replace(/\[\d+\]$/, "")}[*])`;
      yield {
        place: placeOfVariable(scalar, variable),
        message: `The task \`${fault.name}\` runs once for each combination of its matrix, so its results are lists.`,
        help: `Hand over the whole list: \`${whole}\`.`,
        severity: refused ? undefined : "warning",
        data: { whole: scalar.text === `$(${variable.text})` ? whole : undefined },
      };
    }
    for (const { scalar, variable, field, fault, refused } of variableProblemsOf(context, "wrongType")) {
      const whole = `$(params.${fault.name}[*])`;
      // As the value of a parameter the whole array may stand alone, when it says so.
      const canBeWhole =
        field.holds === "value" && scalar.text === `$(params.${fault.name})` && !fault.fault.startsWith("no");
      yield {
        place: placeOfVariable(scalar, variable),
        message: messages[fault.fault](fault.name),
        help: helps[fault.fault](fault.name),
        severity: refused ? undefined : "warning",
        data: { whole: canBeWhole ? whole : undefined },
      };
    }
  },
  docs: {
    summary: "A variable gives an array or object where a text is needed, or takes an item of a text.",
    explanation:
      "A whole array can only be an item of its own in `command` and `args`, or alone with `[*]` the value of a parameter; a whole object only the latter. Elsewhere name an item (`$(params.list[0])`) or a key (`$(params.image.name)`).",
    bad: sample(
      "Task",
      "  params:\n  - name: flags\n    type: array\n  steps:\n  - name: make\n    image: alpine:3.22\n    args:\n    - --flags=$(params.flags[*])\n",
    ),
    good: sample(
      "Task",
      "  params:\n  - name: flags\n    type: array\n  steps:\n  - name: make\n    image: alpine:3.22\n    args:\n    - --flags\n    - $(params.flags[*])\n",
    ),
  },
  fix({ place, data }): readonly Fix[] {
    const whole = data?.["whole"];
    return typeof whole === "string"
      ? [{ title: `Change to '${whole}'`, edits: [{ place, text: whole }], preferred: true }]
      : [];
  },
};

const messages: Readonly<Record<TypeFault, (name: string) => string>> = {
  arrayInText: (name) => `\`${name}\` is an array and cannot stand in a text.`,
  arrayNotAlone: (name) => `\`${name}\` is an array and cannot stand beside other text.`,
  objectInText: (name) => `\`${name}\` is an object and cannot stand in a text.`,
  noArray: (name) => `\`${name}\` is no array, so nothing is replaced here.`,
  noObject: (name) => `\`${name}\` is no object, so nothing is replaced here.`,
};

const helps: Readonly<Record<TypeFault, (name: string) => string>> = {
  arrayInText: (name) => `Name one item, for example \`$(params.${name}[0])\`.`,
  arrayNotAlone: (name) =>
    `Make \`$(params.${name}[*])\` an item of its own, or name one item: \`$(params.${name}[0])\`.`,
  objectInText: (name) => `Name one of its keys: \`$(params.${name}.key)\`.`,
  noArray: (name) => `Write \`$(params.${name})\`.`,
  noObject: (name) => `Write \`$(params.${name})\`.`,
};
