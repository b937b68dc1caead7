import type { Rule } from "../../../analysis/rule";
import { namingSample } from "../samples";
import { missingObjectRule } from "./missingObjectRule";

const sample = (name: string): string =>
  namingSample(
    `      serviceAccountName: ${name}\n`,
    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web-robot}\n",
  );

/** A ServiceAccount that a pod names and that its build does not have. */
export const missingServiceAccount: Rule = missingObjectRule({
  name: "missing-service-account",
  isMeant: "ServiceAccount",
  effect: "No pod is made without it.",
  // What every namespace has, in OpenShift too.
  given: new Set(["default", "builder", "deployer", "pipeline"]),
  docs: {
    summary: "A pod names a ServiceAccount that its build does not render.",
    bad: sample("web-robto"),
    good: sample("web-robot"),
  },
});
