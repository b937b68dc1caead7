import type { Domain } from "../../analysis/domain";
import { duplicateKey } from "./rules/duplicateKey";
import { nonStringKey } from "./rules/nonStringKey";
import { readerRules } from "./rules/readerRules";
import { tabIndentation } from "./rules/tabIndentation";
import { unclosedQuote } from "./rules/unclosedQuote";

/** What is wrong with the text of any file that is ours, whatever it means: reading it reports that. */
export const yamlDomain: Domain = {
  name: "yaml",
  rules: [tabIndentation, duplicateKey, nonStringKey, unclosedQuote, ...readerRules],
  understands: () => false,
};
