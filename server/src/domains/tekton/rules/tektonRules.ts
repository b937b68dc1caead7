import type { Rule } from "../../../analysis/rule";
import { crossFileRules } from "./crossFileRules";
import { documentRules } from "./documentRules";

/** Every rule about Tekton. To add one, write its file here and add it to this list. */
export const tektonRules: readonly Rule[] = [...documentRules, ...crossFileRules];
