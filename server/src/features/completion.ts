import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from "vscode-languageserver-types";
import { findCursor } from "../analysis/cursor";
import type { CompletionEntry } from "../analysis/domain";
import type { Feature, PositionParameters } from "../analysis/feature";
import { toLineRange } from "../analysis/range";
import type { SourceDocument } from "../yaml/document";
import { offsetAt, type SourceFile } from "../yaml/source";

/** What the domains say may be written at the cursor. */
export const completionFeature: Feature<PositionParameters, readonly CompletionItem[]> = {
  method: "textDocument/completion",
  capabilities: { completionProvider: { triggerCharacters: ["/", " ", "-"] } },
  empty: [],
  handle({ position }, { snapshot, document: requested, domains }) {
    const file = requested?.kind === "source" ? snapshot.file(requested.path) : undefined;
    if (file === undefined) return [];
    const offset = offsetAt(file, position);
    const document = documentAt(file, snapshot.documents(file.path), offset);
    const entries = domains
      .filter((domain) => domain.complete !== undefined && domain.understands(document))
      .flatMap(({ complete }) => complete?.({ snapshot, file, document, cursor: findCursor(document, offset) }) ?? []);
    const seen = new Set<string>();
    return entries.flatMap((entry) => {
      if (seen.has(entry.label)) return [];
      seen.add(entry.label);
      return [toItem(entry, file, offset)];
    });
  },
};

/** The document around an offset; an empty one where there is none yet, as in a new file. */
function documentAt(file: SourceFile, documents: readonly SourceDocument[], offset: number): SourceDocument {
  const empty = { file, start: 0, end: file.text.length, problems: [] };
  return documents.findLast(({ start }) => start <= offset) ?? documents[0] ?? empty;
}

const kinds: Readonly<Record<CompletionEntry["kind"], CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  reference: CompletionItemKind.Reference,
};

function toItem(entry: CompletionEntry, file: SourceFile, offset: number): CompletionItem {
  const { label, kind, insert, detail, documentation, sortText, deprecated } = entry;
  const typed = file.text.slice(insert.place.start, offset);
  return {
    label,
    kind: kinds[kind],
    textEdit: { range: toLineRange(insert.place), newText: insert.text },
    insertTextFormat: insert.snippet === true ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Lines below the first carry their indentation already.
    insertTextMode: InsertTextMode.asIs,
    ...(typed.startsWith("./") && { filterText: `./${label}` }),
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(sortText !== undefined && { sortText }),
    ...(deprecated === true && { tags: [CompletionItemTag.Deprecated] }),
    // A directory on the way to something: go on with what is in it.
    ...(label.endsWith("/") && { command: { title: "Complete", command: "editor.action.triggerSuggest" } }),
  };
}
