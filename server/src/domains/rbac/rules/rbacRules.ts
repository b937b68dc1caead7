import type { Rule } from "../../../analysis/rule";
import { aggregationLabel } from "./aggregationLabel";
import { aggregationRule } from "./aggregationRule";
import { bindingWithoutEffect } from "./bindingWithoutEffect";
import { bindingWithoutNamespace } from "./bindingWithoutNamespace";
import { broadSubject } from "./broadSubject";
import { changedRoleRef } from "./changedRoleRef";
import { clusterAdmin } from "./clusterAdmin";
import { createByName } from "./createByName";
import { duplicateBinding } from "./duplicateBinding";
import { escalation } from "./escalation";
import { foreignResource } from "./foreignResource";
import { incompleteRule } from "./incompleteRule";
import { invalidRoleRef } from "./invalidRoleRef";
import { invalidSubject } from "./invalidSubject";
import { nonResourceUrl } from "./nonResourceUrl";
import { roleNotFound } from "./roleNotFound";
import { serviceAccountNotFound } from "./serviceAccountNotFound";
import { subjectInOtherNamespace } from "./subjectInOtherNamespace";
import { subjectMixup } from "./subjectMixup";
import { subjectWithoutNamespace } from "./subjectWithoutNamespace";
import { unknownVerb } from "./unknownVerb";
import { unusedRole } from "./unusedRole";
import { wildcard } from "./wildcard";

/** Every rule about roles and bindings. To add one, write its file here and add it to this list. */
export const rbacRules: readonly Rule[] = [
  incompleteRule,
  nonResourceUrl,
  invalidRoleRef,
  changedRoleRef,
  invalidSubject,
  subjectMixup,
  subjectWithoutNamespace,
  subjectInOtherNamespace,
  roleNotFound,
  serviceAccountNotFound,
  bindingWithoutEffect,
  bindingWithoutNamespace,
  duplicateBinding,
  unusedRole,
  foreignResource,
  unknownVerb,
  createByName,
  aggregationRule,
  aggregationLabel,
  clusterAdmin,
  broadSubject,
  wildcard,
  escalation,
];
