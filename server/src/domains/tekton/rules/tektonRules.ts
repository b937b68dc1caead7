import type { Rule } from "../../../analysis/rule";

/** Every rule about Tekton. To add one, write its file here and add it to this list. */
export const tektonRules: readonly Rule[] = [];
