import { type DocumentHighlight, DocumentHighlightKind } from "vscode-languageserver-types";
import type { Feature, PositionParameters } from "../analysis/feature";
import { findOccurrences } from "../analysis/symbolTargets";
import { offsetAt } from "../yaml/source";
import { toRange } from "./range";

/** The places in a file at which the thing at the cursor is named; an editor that gets none looks for the same word. */
export const documentHighlightsFeature: Feature<PositionParameters, readonly DocumentHighlight[] | null> = {
  method: "textDocument/documentHighlight",
  capabilities: { documentHighlightProvider: true },
  empty: null,
  handle({ position }, { document, snapshot }) {
    const file = document?.kind === "source" ? snapshot.file(document.path) : undefined;
    if (file === undefined) return null;
    const found = findOccurrences(snapshot, file.path, offsetAt(file, position));
    if (found.length === 0) return null;
    return found.map(({ place, isDefinition }) => ({
      range: toRange(place),
      kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
};
