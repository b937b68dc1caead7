import type { Domain } from "../../analysis/domain";
import { completeImage } from "../../analysis/imageCompletion";
import { completeKustomization } from "./complete";
import { findFacts } from "./findReferences";
import { findGeneratedNames } from "./generatedNames";
import { hoverKustomization } from "./hover";
import { isKustomization, mayBeKustomization } from "./kustomizationFiles";
import { kustomizationRules } from "./rules/kustomizationRules";

/** Kustomization and Component files. */
export const kustomizationDomain: Domain = {
  name: "kustomization",
  rules: kustomizationRules,
  understands: isKustomization,
  mayUnderstand: mayBeKustomization,
  findFacts,
  findParts: findGeneratedNames,
  hover: hoverKustomization,
  complete: (at) => [...completeImage(at, true), ...completeKustomization(at)],
};
