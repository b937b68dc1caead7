import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import type { DocumentParameters, Feature } from "../analysis/feature";
import { foldLines } from "../yaml/foldLines";

/**
 * What can be folded: fields, items of lists (also those whose dashes stand below their key, which an editor that looks at
 * indentation alone does not see), block scalars, comments and documents. `null` leaves a text to the editor.
 */
export const foldingRangesFeature: Feature<DocumentParameters, readonly FoldingRange[] | null> = {
  method: "textDocument/foldingRange",
  capabilities: { foldingRangeProvider: true },
  empty: null,
  handle(_, { document, snapshot, domains, shownBuild }) {
    const file =
      document?.kind === "rendered" ? shownBuild(document.root)?.text.file : document && snapshot.file(document.path);
    if (document === undefined || file === undefined) return null;
    const isOurs =
      document.kind === "rendered" ||
      snapshot.documents(document.path).some((each) => domains.some(({ understands }) => understands(each)));
    if (!isOurs) return null;
    return foldLines(file.text).map(({ start, end, comment }) => ({
      startLine: start,
      endLine: end,
      ...(comment && { kind: FoldingRangeKind.Comment }),
    }));
  },
};
