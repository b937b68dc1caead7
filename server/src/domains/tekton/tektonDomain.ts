import type { Domain } from "../../analysis/domain";
import { isObject } from "../../analysis/manifests";
import { objectsWithin } from "../../analysis/objectsWithin";
import { getValue, textOf } from "../../yaml/node";
import { findParts } from "./findParts";
import { tektonReferences } from "./references";
import { runKinds } from "./rules/changedRun";
import { tektonRules } from "./rules/tektonRules";

/** Tekton Pipelines and Triggers: what their webhooks refuse, and what surely fails when it runs. */
export const tektonDomain: Domain = {
  name: "tekton",
  rules: tektonRules,
  understands: (document) =>
    mentionsTekton(document.file.text.slice(document.start, document.end)) &&
    document.root !== undefined &&
    isObject(document) &&
    objectsWithin(document.root).some((node) =>
      /^(?:triggers\.)?tekton\.dev\//.test(textOf(getValue(node, "apiVersion")) ?? ""),
    ),
  mayUnderstand: ({ text }) => mentionsTekton(text),
  readsDocumentsAlone: true,
  references: tektonReferences,
  findParts,
  comparedKinds: runKinds.map((kind) => ({ group: "tekton.dev", kind })),
};

/** A quick look, before anything is read as YAML. */
function mentionsTekton(text: string): boolean {
  return text.includes("tekton.dev/");
}
