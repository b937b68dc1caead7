import type { Hit, Rule } from "../../../analysis/rule";
import type { Entry, Node } from "../../../yaml/node";
import { applicationsOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const types: ReadonlySet<string> = new Set(["helm", "kustomize", "directory", "plugin"]);

/** Options of more than one tool in a source. */
export const severalSourceTypes: Rule = {
  code: "argocd/several-source-types",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const { node } of application.sources) {
        const [first, ...others] = node.entries.filter(({ key, value }) => types.has(key.text) && saysSomething(value));
        for (const { key } of first === undefined ? [] : others) yield severalHit(key, first);
      }
    }
  },
  docs: {
    summary: "A source has options of more than one tool.",
    explanation:
      "`helm`, `kustomize`, `directory` and `plugin` say what renders the source. It can be only one of them; Argo CD refuses the rest.",
    bad: applicationSample(
      ...destinationLines,
      ...sourceLines,
      "  kustomize:",
      "    namePrefix: a-",
      "  directory:",
      "    recurse: true",
    ),
    good: applicationSample(...destinationLines, ...sourceLines, "  kustomize:", "    namePrefix: a-"),
  },
  fix: removeField,
};

function severalHit(key: Entry["key"], first: Entry | undefined): Hit {
  return {
    place: key.origin.place,
    message: `A source cannot have \`${first?.key.text ?? ""}\` and \`${key.text}\`.`,
    help: "Keep the one that renders it.",
  };
}

/** Options that say nothing count as absent: argo-cd `ApplicationSource…IsZero`, by which it normalizes a source. */
function saysSomething(node: Node): boolean {
  if (node.kind === "scalar")
    return node.tag !== "null" && node.text !== "" && !(node.tag === "bool" && node.text === "false");
  if (node.kind === "sequence") return node.items.length > 0;
  return node.entries.some(({ value }) => saysSomething(value));
}
