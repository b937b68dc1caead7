import { documentOf, pathAt, removeFix } from "../../analysis/repair";
import type { Rule } from "../../analysis/rule";
import { useSuggestion } from "../../analysis/suggestionFix";
import { findNearName } from "../../kubernetes/nearName";

interface Named {
  readonly name: string;
}

/** The name that was surely meant by one that is not declared: one that is, and that nothing was given for. */
export function findMeantName(name: string, declared: readonly Named[], given: readonly Named[]): string | undefined {
  const taken = new Set(given.map((each) => each.name));
  return findNearName(
    name,
    declared.map((each) => each.name).filter((each) => !taken.has(each)),
  );
}

/** Changes a name to the one that was meant, or removes the item of the list that has it. */
export function renameOrRemove(what: "parameter" | "workspace"): NonNullable<Rule["fix"]> {
  return (finding, context) => {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    const isThere = document !== undefined && path !== undefined;
    const remove = isThere ? removeFix(`Remove the ${what}`, document, path.slice(0, -1)) : [];
    return [...useSuggestion(finding, context), ...remove];
  };
}
