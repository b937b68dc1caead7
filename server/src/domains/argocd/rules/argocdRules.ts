import type { Rule } from "../../../analysis/rule";

/** Every rule about Argo CD. To add one, write its file here and add it to this list. */
export const argocdRules: readonly Rule[] = [];
