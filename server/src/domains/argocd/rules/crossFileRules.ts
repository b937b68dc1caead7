import type { Rule } from "../../../analysis/rule";
import { controllerWithoutRights } from "./controllerWithoutRights";
import { sourcePathNotFound } from "./sourcePathNotFound";
import { sourcePathOutside } from "./sourcePathOutside";
import { sourceTypeMismatch } from "./sourceTypeMismatch";
import { sourceWithoutManifests } from "./sourceWithoutManifests";
import { valueFileNotFound } from "./valueFileNotFound";

/** The rules about Applications and what they deploy, for which several files have to be known. */
export const crossFileRules: readonly Rule[] = [
  sourcePathOutside,
  sourcePathNotFound,
  sourceWithoutManifests,
  sourceTypeMismatch,
  valueFileNotFound,
  controllerWithoutRights,
];
