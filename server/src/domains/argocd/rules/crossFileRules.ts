import type { Rule } from "../../../analysis/rule";
import { controllerWithoutRights } from "./controllerWithoutRights";

/** The rules about Applications and what they deploy, for which several files have to be known. */
export const crossFileRules: readonly Rule[] = [controllerWithoutRights];
