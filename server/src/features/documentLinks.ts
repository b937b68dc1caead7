import type { DocumentLink } from "vscode-languageserver-types";
import type { DocumentParameters, Feature } from "../analysis/feature";
import { findTargetFile } from "../analysis/pathTargets";
import { toRange } from "./range";

/** A link on every path that leads somewhere. */
export const documentLinksFeature: Feature<DocumentParameters, readonly DocumentLink[]> = {
  method: "textDocument/documentLink",
  capabilities: { documentLinkProvider: { resolveProvider: false } },
  waitsForWorkspace: true,
  empty: [],
  handle(_, { document, snapshot, toUri }) {
    if (document?.kind !== "source") return [];
    return snapshot.facts(document.path).references.flatMap(({ place, text, target }): DocumentLink[] => {
      const range = toRange(place);
      if (target === undefined) return /^https?:\/\//.test(text) ? [{ range, target: text }] : [];
      const path = findTargetFile(snapshot, target);
      return path === undefined ? [] : [{ range, target: toUri(path) }];
    });
  },
};
