import { globMistake } from "../../analysis/glob";
import type { DocumentContext } from "../../analysis/rule";
import type { Schema } from "../../schema/schema";
import { validate } from "../../schema/validate";
import type { Violation } from "../../schema/violation";
import { getValue, type Node, textOf } from "../../yaml/node";

/** What is wrong with a settings file; of one that is not YAML only that is said. */
export function findMistakes({ documents }: DocumentContext, schema: Schema): readonly Violation[] {
  const [first] = documents;
  if (first?.root === undefined || first.problems.length > 0) return [];
  return [...validate(first.root, schema), ...globMistakes(first.root)];
}

function globMistakes(root: Node): readonly Violation[] {
  const globs = getValue(root, "exclude");
  if (globs?.kind !== "sequence") return [];
  return globs.items.flatMap((item, i): readonly Violation[] => {
    const message = globMistake(textOf(item) ?? "*");
    if (message === undefined) return [];
    return [{ kind: "bad-pattern", place: item.origin.place, path: ["exclude", i], ...message }];
  });
}

/** Whether a mistake is a rule that does not exist. */
export function isUnknownRule({ kind, path }: Violation): boolean {
  return kind === "unknown-field" && path.length === 2 && path[0] === "rules";
}
