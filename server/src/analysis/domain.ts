import type { FactExtractor } from "../workspace/facts";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceDocument } from "../yaml/document";
import type { Place, SourceFile } from "../yaml/source";
import type { Cursor } from "./cursor";
import type { Rule } from "./rule";

/**
 * What the product knows about one kind of document, declared as data and pure functions; features interpret it. A domain is
 * one exported constant, for example `export const kustomizationDomain: Domain = { … }` in
 * `domains/kustomization/kustomizationDomain.ts`, and is registered in `lsp/domains.ts`, the only list of domains.
 */
export interface Domain {
  /** The first part of its codes, for example `kustomization`. */
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Whether a document is one of this domain's kinds: by file name, or by apiVersion and kind. Must be quick. */
  readonly understands: (document: SourceDocument) => boolean;
  /**
   * Whether a file that nobody has open may hold documents of this domain: a quick look at its name and text, without
   * reading it as YAML. Absent means that only open files are looked at.
   */
  readonly mayUnderstand?: ((file: SourceFile) => boolean) | undefined;
  /** Finds what a file says about itself and others. */
  readonly findFacts?: FactExtractor | undefined;
  /** What to tell about the thing at the cursor; `undefined` when there is nothing to tell. */
  readonly hover?: ((at: CursorContext) => HoverPart | undefined) | undefined;
  /** What may be written at the cursor. May be called in a broken document. */
  readonly complete?: ((at: CursorContext) => readonly CompletionEntry[]) | undefined;
}

/** Where a hover or a completion was asked for. */
export interface CursorContext {
  readonly snapshot: Snapshot;
  readonly file: SourceFile;
  readonly document: SourceDocument;
  readonly cursor: Cursor;
}

/** One contribution to a hover; a feature merges those of all domains. */
export interface HoverPart {
  readonly markdown: string;
  readonly place: Place;
}

/** One thing that may be written at the cursor. */
export interface CompletionEntry {
  readonly label: string;
  readonly kind: "field" | "value" | "file" | "folder" | "reference";
  /** Replaces `place`. May be a snippet of LSP when `snippet` is true. */
  readonly insert: { readonly place: Place; readonly text: string; readonly snippet?: boolean | undefined };
  /** A few words beside the label, for example the type. */
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** Sorts before others with a greater text; the label decides otherwise. */
  readonly sortText?: string | undefined;
  readonly deprecated?: boolean | undefined;
}
