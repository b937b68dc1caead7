import type { Hit, Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { argocdObjects, itemsOf } from "../applications";
import { projectSample } from "../samples";

const sample = (group: string): string => projectSample("roles:", "- name: ci", "  groups:", `  - ${group}`);

/** A group of a role that Argo CD cannot take. */
export const invalidGroup: Rule = {
  code: "argocd/invalid-group",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of argocdObjects(context, "AppProject")) {
      for (const role of itemsOf(getValue(spec, "roles"))) {
        for (const group of itemsOf(getValue(role, "groups"))) {
          if (group.kind !== "scalar") continue;
          const mistake = groupMistake(group.text);
          if (mistake === undefined) continue;
          yield { place: group.origin.place, message: `The name of the group ${mistake.what}.`, help: mistake.remedy };
        }
      }
    }
  },
  docs: {
    summary: "A group of a role is empty, or has characters that its place in a policy does not allow.",
    explanation:
      "Argo CD writes the group into a line with commas. One with a comma stands in quotes, and no name has line breaks, tabs, or blanks at an end. Its API refuses the project otherwise.",
    bad: sample("'cn=dev,dc=example'"),
    good: sample("'\"cn=dev,dc=example\"'"),
  },
};

/** argo-cd `validateGroupName`. */
function groupMistake(group: string): { readonly what: string; readonly remedy: string } | undefined {
  const trimmed = group.trim();
  const isQuoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
  const name = isQuoted ? trimmed.slice(1, -1) : trimmed;
  if (name === "") return { what: "is empty", remedy: "Remove it." };
  if (!isQuoted && name.includes(",")) return { what: "has a comma", remedy: `Write \`'"${name}"'\`.` };
  if (/["\n\r\t]/.test(name)) return { what: "has a quote, tab or line break in it", remedy: "Remove it." };
  return group === trimmed ? undefined : { what: "has blanks around it", remedy: "Remove them." };
}
