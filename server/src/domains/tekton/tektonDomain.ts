import type { Domain } from "../../analysis/domain";
import { isObject } from "../../analysis/manifests";
import { objectsWithin } from "../../analysis/objectsWithin";
import { getValue, textOf } from "../../yaml/node";
import { findParts } from "./findParts";
import { tektonReferences } from "./references";
import { tektonRules } from "./rules/tektonRules";

/** Tekton Pipelines and Triggers: what their webhooks refuse, and what surely fails when it runs. */
export const tektonDomain: Domain = {
  name: "tekton",
  rules: tektonRules,
  understands: (document) =>
    document.root !== undefined &&
    isObject(document) &&
    objectsWithin(document.root).some((node) =>
      /^(?:triggers\.)?tekton\.dev\//.test(textOf(getValue(node, "apiVersion")) ?? ""),
    ),
  mayUnderstand: ({ text }) => /\btekton\.dev\//.test(text),
  readsDocumentsAlone: true,
  references: tektonReferences,
  findParts,
};
