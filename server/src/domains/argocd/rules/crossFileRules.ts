import type { Rule } from "../../../analysis/rule";
import { comparisonError } from "./comparisonError";
import { controllerIsClusterAdmin } from "./controllerIsClusterAdmin";
import { controllerWithoutRights } from "./controllerWithoutRights";
import { destinationNotPermitted } from "./destinationNotPermitted";
import { kindNotPermitted } from "./kindNotPermitted";
import { namespaceMismatch } from "./namespaceMismatch";
import { namespaceNotCreated } from "./namespaceNotCreated";
import { objectWithoutNamespace } from "./objectWithoutNamespace";
import { outsideArgocdNamespace } from "./outsideArgocdNamespace";
import { projectNotFound } from "./projectNotFound";
import { rejectedSpec } from "./rejectedSpec";
import { repeatedObject } from "./repeatedObject";
import { rightsInOwnSource } from "./rightsInOwnSource";
import { sharedObject } from "./sharedObject";
import { sourceNotPermitted } from "./sourceNotPermitted";
import { sourcePathNotFound } from "./sourcePathNotFound";
import { sourcePathOutside } from "./sourcePathOutside";
import { sourceTypeMismatch } from "./sourceTypeMismatch";
import { sourceWithoutManifests } from "./sourceWithoutManifests";
import { syncFailed } from "./syncFailed";
import { unpinnedStage } from "./unpinnedStage";
import { valueFileNotFound } from "./valueFileNotFound";

/** The rules about Applications and what they deploy, for which several files have to be known. */
export const crossFileRules: readonly Rule[] = [
  sourcePathOutside,
  sourcePathNotFound,
  sourceWithoutManifests,
  sourceTypeMismatch,
  valueFileNotFound,
  outsideArgocdNamespace,
  projectNotFound,
  sourceNotPermitted,
  destinationNotPermitted,
  kindNotPermitted,
  repeatedObject,
  sharedObject,
  objectWithoutNamespace,
  namespaceNotCreated,
  namespaceMismatch,
  controllerWithoutRights,
  rightsInOwnSource,
  controllerIsClusterAdmin,
  unpinnedStage,
  comparisonError,
  rejectedSpec,
  syncFailed,
];
