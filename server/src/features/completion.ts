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
import { withoutTabStops } from "../analysis/snippet";
import type { SourceDocument } from "../yaml/document";
import { offsetAt, type SourceFile } from "../yaml/source";
import { splitDocuments } from "../yaml/splitDocuments";
import { toRange } from "./range";

/** What the domains say may be written at the cursor. */
export const completionFeature: Feature<PositionParameters, readonly CompletionItem[]> = {
  method: "textDocument/completion",
  capabilities: { completionProvider: { triggerCharacters: ["/", " ", "-"], resolveProvider: true } },
  waitsForWorkspace: true,
  empty: [],
  handle({ position }, { snapshot, document: requested, domains, settings, plainText, observations }) {
    const file = requested?.kind === "source" ? snapshot.file(requested.path) : undefined;
    if (file === undefined) return [];
    const offset = offsetAt(file, position);
    const document = documentAt(file, offset, () => snapshot.documents(file.path));
    const context = {
      ...{ snapshot, file, document, offset, settings, observations },
      get cursor() {
        return findCursor(document, offset);
      },
    };
    const entries = domains
      .filter(
        ({ complete, understands, mayComplete = understands }) =>
          complete !== undefined && mayComplete(document, snapshot),
      )
      .flatMap(({ complete }) => complete?.(context) ?? []);
    const seen = new Set<string>();
    return entries.flatMap((entry) => {
      const key = `${entry.label} ${entry.group ?? ""}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [toItem(entry, { file, offset, plainText: plainText === true })];
    });
  },
};

/**
 * The document around an offset; an empty one where there is none yet, as in a new file. It is read no earlier than somebody
 * asks what is in it: what may be written follows from the lines alone, and typing must not wait for a long file.
 */
function documentAt(file: SourceFile, offset: number, read: () => readonly SourceDocument[]): SourceDocument {
  const all = splitDocuments(file.text);
  const { start, end } = all.findLast((each) => each.start <= offset) ?? all[0] ?? { start: 0, end: file.text.length };
  const found = () => read().find((each) => each.start === start);
  return {
    ...{ file, start, end },
    get root() {
      return found()?.root;
    },
    get problems() {
      return found()?.problems ?? [];
    },
  };
}

const kinds: Readonly<Record<CompletionEntry["kind"], CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  reference: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
};

interface ItemContext {
  readonly file: SourceFile;
  readonly offset: number;
  /** The client knows no snippets. */
  readonly plainText: boolean;
}

function toItem(entry: CompletionEntry, { file, offset, plainText }: ItemContext): CompletionItem {
  const { label, kind, insert, detail, documentation, sortText, deprecated, group, also, explain } = entry;
  const typed = file.text.slice(insert.place.start, offset);
  const filterText = entry.filterText ?? (typed.startsWith("./") ? `./${label}` : undefined);
  const isSnippet = insert.snippet === true && !plainText;
  const newText = insert.snippet === true && plainText ? withoutTabStops(insert.text) : insert.text;
  return {
    label,
    kind: kinds[kind],
    textEdit: { range: toRange(insert.place), newText },
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Lines below the first carry their indentation already.
    insertTextMode: InsertTextMode.asIs,
    ...(group !== undefined && { labelDetails: { description: group } }),
    ...(filterText !== undefined && { filterText }),
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(sortText !== undefined && { sortText }),
    ...(deprecated === true && { tags: [CompletionItemTag.Deprecated] }),
    ...(also !== undefined && {
      additionalTextEdits: also.map(({ start, end, text }) => ({
        range: toRange({ file, start, end }),
        newText: text,
      })),
    }),
    ...(explain !== undefined && { data: { ...explain, file: file.path } }),
    // A directory on the way to something, or a field whose values are known: go on with those.
    ...(goesOn(entry) && { command: { title: "Complete", command: "editor.action.triggerSuggest" } }),
  };
}

function goesOn({ label, insert, kind }: CompletionEntry): boolean {
  return label.endsWith("/") || (kind === "field" && /^(?:- )?(?:apiVersion|kind): $/.test(insert.text.trimStart()));
}
