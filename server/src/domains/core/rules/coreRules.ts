import type { Rule } from "../../../analysis/rule";

/** Every rule about objects of any kind. To add one, write its file here and add it to this list. */
export const coreRules: readonly Rule[] = [];
