import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { argocdObjects, itemsOf } from "../applications";
import { projectSample } from "../samples";

const sample = (account: string): string =>
  projectSample(
    "destinationServiceAccounts:",
    "- server: https://kubernetes.default.svc",
    "  namespace: shop",
    `  defaultServiceAccount: ${account}`,
  );

/** A ServiceAccount for syncs that is none, or a destination that no pattern can be. */
export const invalidServiceAccount: Rule = {
  code: "argocd/invalid-service-account",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of argocdObjects(context, "AppProject")) {
      for (const item of itemsOf(getValue(spec, "destinationServiceAccounts"))) {
        for (const field of ["server", "namespace", "defaultServiceAccount"]) {
          const value = getValue(item, field);
          if (value?.kind !== "scalar" || value.tag === "null" || isPlaceholder(value.text)) continue;
          const mistake = mistakeIn(value.text, field);
          if (mistake === undefined) continue;
          // A pattern that nothing matches refuses nothing either.
          const severity = field === "defaultServiceAccount" ? undefined : "warning";
          yield { place: value.origin.place, message: mistake, help: remedy, severity };
        }
      }
    }
  },
  docs: {
    summary: "An entry of `destinationServiceAccounts` has a value that Argo CD does not take.",
    explanation:
      "`server` and `namespace` are patterns without `!`. `defaultServiceAccount` is a name, or a namespace and a name with `:` between, no pattern.",
    bad: sample("'*'"),
    good: sample("deployer"),
  },
};

const remedy = "Write a ServiceAccount by its name, `deployer` or `shop:deployer`, and patterns without `!`.";

/** argo-cd `AppProject.ValidateProject`. */
function mistakeIn(text: string, field: string): string | undefined {
  if (field !== "defaultServiceAccount") {
    return text.includes("!") ? `\`${text}\` denies something, which \`${field}\` cannot do here.` : undefined;
  }
  if (text.trim() === "") return "The name of the ServiceAccount is empty.";
  return /[!*[\]{}\\/]/.test(text) ? `\`${text}\` is no name of a ServiceAccount.` : undefined;
}
