import { type FactExtractor, noFacts } from "../workspace/facts";
import { domains } from "./domains";

/** The facts of a file: those of the first domain that has any. */
export const findFacts: FactExtractor = (file, documents) => {
  for (const domain of domains) {
    const facts = domain.findFacts?.(file, documents);
    if (facts !== undefined && facts !== noFacts) return facts;
  }
  return noFacts;
};
