import type { Domain } from "../../analysis/domain";
import { completeImage } from "../../analysis/imageCompletion";
import { isJsonPatch, isObject, mayHoldObjects } from "../../analysis/manifests";
import { completeCore, mayBecomeObject } from "./complete";
import { findFacts } from "./findFacts";
import { hoverCore } from "./hover";
import { findParts } from "./parts";
import { references } from "./references";
import { coreRules } from "./rules/coreRules";

/** Objects of any API and patches of them: what the schema of their kind says, and the rules that all share. */
export const coreDomain: Domain = {
  name: "core",
  rules: coreRules,
  understands: (document) => isObject(document) || isJsonPatch(document),
  mayUnderstand: mayHoldObjects,
  readsInlinePatches: true,
  readsDocumentsAlone: true,
  readerWarnings: true,
  findFacts,
  references,
  findParts,
  hover: hoverCore,
  mayComplete: mayBecomeObject,
  complete: (at) => [...completeImage(at, false), ...completeCore(at)],
};
