import type { BuildRule, RuleDocs } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { type MissingObject, missingObjects } from "../missingObjects";

/** A rule about names of one kind of object. */
export interface MissingObjectRuleOptions extends Omit<MissingObject, "isMeant"> {
  /** Behind `core/`. */
  readonly name: string;
  readonly isMeant: string | MissingObject["isMeant"];
  readonly docs: Omit<RuleDocs, "explanation">;
}

const explanation =
  "A name that nearly is that of an object in the same build is a warning, with the right name as fix. Any other may be that of an object that the cluster has or that an operator makes: that is an information, and nothing where the workspace or the build tells of the object.";

const nearOnly =
  "Secrets often come from elsewhere, so only a name that nearly is that of a Secret in the same build is reported.";

/** Makes the rule about references to one kind of object that lead to nothing in a whole build. */
export function missingObjectRule({ name, isMeant, docs, ...options }: MissingObjectRuleOptions): BuildRule {
  const isOfKind = typeof isMeant !== "string" ? isMeant : undefined;
  return {
    code: `core/${name}`,
    severity: "warning",
    scope: "build",
    check: (context) =>
      missingObjects(context, {
        ...options,
        isMeant: isOfKind ?? (({ object }) => object.group === "" && object.kind === isMeant),
      }),
    docs: { ...docs, explanation: options.onlyNear === true ? nearOnly : explanation },
    fix: useSuggestion,
  };
}
