import type { Domain } from "../../analysis/domain";
import { isObject, mayHoldObjects } from "../../analysis/manifests";
import { rbacGroup } from "../../kubernetes/bindings";
import type { SourceDocument } from "../../yaml/document";
import { bindingKinds } from "./objects";
import { references } from "./references";
import { rbacRules } from "./rules/rbacRules";

/** Roles and bindings: what the API server refuses, what gives nothing, and what gives more than one may want. */
export const rbacDomain: Domain = {
  name: "rbac",
  rules: rbacRules,
  understands: (document) => isAboutRights(document) && isObject(document),
  mayUnderstand: (file) => file.text.includes(rbacGroup) && mayHoldObjects(file),
  readsDocumentsAlone: true,
  references,
  comparedKinds: bindingKinds.map((kind) => ({ group: rbacGroup, kind })),
};

function isAboutRights({ file, start, end }: SourceDocument): boolean {
  return file.text.slice(start, end).includes(rbacGroup);
}
