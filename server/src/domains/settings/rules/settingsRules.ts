import type { Rule } from "../../../analysis/rule";
import type { Schema } from "../../../schema/schema";
import { badSetting } from "./badSetting";
import { ignoredSettings } from "./ignoredSettings";
import { unknownRule } from "./unknownRule";
import { unknownSetting } from "./unknownSetting";

/** The rules about `.gitops-author.yaml`; `schema` says what it may hold. */
export function settingsRules(schema: () => Schema): readonly Rule[] {
  return [unknownSetting(schema), unknownRule(schema), badSetting(schema), ignoredSettings];
}
