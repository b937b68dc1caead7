import { findSymbols } from "../analysis/findSymbols";
import { type FactExtractor, type FileFacts, noFacts } from "../workspace/facts";
import { domains } from "./domains";

/** The facts of a file: those of all domains together; of the same fact, that of the first domain. */
export const findFacts: FactExtractor = (file, documents) => {
  let known: FileFacts | undefined;
  for (const domain of domains) {
    const facts = domain.findFacts?.(file, documents);
    if (facts !== undefined && facts !== noFacts) known = known === undefined ? facts : { ...facts, ...known };
  }
  const symbols = findSymbols(file, documents, domains);
  return Object.keys(symbols).length === 0 ? (known ?? noFacts) : { ...(known ?? noFacts), ...symbols };
};
