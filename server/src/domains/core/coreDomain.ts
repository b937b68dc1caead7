import type { Domain } from "../../analysis/domain";
import { completeCore, mayBecomeObject } from "./complete";
import { findFacts } from "./findFacts";
import { hoverCore } from "./hover";
import { isObject, mayHoldObjects } from "./objects";
import { coreRules } from "./rules/coreRules";

/** Objects of any API: what the schema of their kind says, and the rules that all objects share. */
export const coreDomain: Domain = {
  name: "core",
  rules: coreRules,
  understands: isObject,
  mayUnderstand: mayHoldObjects,
  readsInlinePatches: true,
  readsDocumentsAlone: true,
  findFacts,
  hover: hoverCore,
  mayComplete: mayBecomeObject,
  complete: completeCore,
};
