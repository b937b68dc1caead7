import type { Rule } from "../../../analysis/rule";
import { namingSample } from "../samples";
import { missingObjectRule } from "./missingObjectRule";

const sample = (name: string): string =>
  namingSample(
    `      volumes:\n      - name: data\n        persistentVolumeClaim: {claimName: ${name}}\n`,
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: web-data}\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}\n",
  );

/** A claim that a pod names and that its build does not have. */
export const missingClaim: Rule = missingObjectRule({
  name: "missing-claim",
  isMeant: "PersistentVolumeClaim",
  effect: "The pods stay pending without it.",
  docs: {
    summary: "A pod names a PersistentVolumeClaim that its build does not render.",
    bad: sample("web-dta"),
    good: sample("web-data"),
  },
});
