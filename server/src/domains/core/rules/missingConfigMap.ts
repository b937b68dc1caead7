import type { Rule } from "../../../analysis/rule";
import { namingSample } from "../samples";
import { missingObjectRule } from "./missingObjectRule";

const sample = (name: string): string =>
  namingSample(
    `        envFrom:\n        - configMapRef: {name: ${name}}\n`,
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-settings}\ndata: {COLOUR: blue}\n",
  );

/** A ConfigMap that a pod names and that its build does not have. */
export const missingConfigMap: Rule = missingObjectRule({
  name: "missing-config-map",
  isMeant: "ConfigMap",
  effect: "The pods do not start without it.",
  given: new Set(["kube-root-ca.crt", "openshift-service-ca.crt"]),
  docs: {
    summary: "A pod names a ConfigMap that its build does not render.",
    bad: sample("web-setings"),
    good: sample("web-settings"),
  },
});
