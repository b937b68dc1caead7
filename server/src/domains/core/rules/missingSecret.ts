import type { Rule } from "../../../analysis/rule";
import { namingSample } from "../samples";
import { missingObjectRule } from "./missingObjectRule";

const sample = (name: string): string =>
  namingSample(
    `        envFrom:\n        - secretRef: {name: ${name}}\n`,
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web-token}\n",
  );

/** A Secret that something names and that nearly is called like one in the build. */
export const missingSecret: Rule = missingObjectRule({
  name: "missing-secret",
  isMeant: "Secret",
  effect: "What needs it does not start without it.",
  onlyNear: true,
  docs: {
    summary: "A Secret is named that differs by a slip from one in the build.",
    bad: sample("web-tokne"),
    good: sample("web-token"),
  },
});
