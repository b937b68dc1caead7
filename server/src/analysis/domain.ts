import type { ComparedKind } from "../observations/committedFiles";
import type { Observations } from "../observations/observations";
import type { FactExtractor } from "../workspace/facts";
import type { Snapshot } from "../workspace/snapshot";
import type { Symbols } from "../workspace/symbols";
import type { SourceDocument } from "../yaml/document";
import type { Place, SourceFile } from "../yaml/source";
import type { TextEdit } from "../yaml/textEdit";
import type { Cursor } from "./cursor";
import type { NameReference } from "./nameReference";
import type { Rule } from "./rule";
import type { Settings } from "./settings";

/**
 * What the product knows about one kind of document, declared as data and pure functions; features interpret it. A domain is
 * one exported constant, for example `export const kustomizationDomain: Domain = { … }` in
 * `domains/kustomization/kustomizationDomain.ts`, and is registered in `lsp/domains.ts`, the only list of domains.
 */
export interface Domain {
  /** The first part of its codes, for example `kustomization`. */
  readonly name: string;
  readonly rules: readonly Rule[];
  /**
   * Whether a document is one of this domain's kinds: by file name, or by apiVersion and kind. Must be quick, and look at nothing but the
   * document and the path of its file.
   */
  readonly understands: (document: SourceDocument) => boolean;
  /**
   * Whether a file that nobody has open may hold documents of this domain: a quick look at its name and text, without
   * reading it as YAML. Absent means that only open files are looked at.
   */
  readonly mayUnderstand?: ((file: SourceFile) => boolean) | undefined;
  /** Whether its rules look at the patches that are written inside of kustomizations, too. */
  readonly readsInlinePatches?: boolean | undefined;
  /** Whether what its rules say of a document depends on no other document of the file. */
  readonly readsDocumentsAlone?: boolean | undefined;
  /** Whether what is read and yet surely a mistake, above all a key that stands twice, is told of its documents. */
  readonly readerWarnings?: boolean | undefined;
  /** Finds what a file says about itself and others. */
  readonly findFacts?: FactExtractor | undefined;
  /** The fields of its objects that name other objects. */
  readonly references?: readonly NameReference[] | undefined;
  /** The kinds of its objects that rules compare with what git has of them; their files are read from there. */
  readonly comparedKinds?: readonly ComparedKind[] | undefined;
  /**
   * The names of parts of its objects, given and mentioned, which a path alone cannot tell: parameters, results, keys. Looks at nothing
   * but the document and the path of its file.
   */
  readonly findParts?: ((document: SourceDocument) => Symbols) | undefined;
  /** What to tell about the thing at the cursor; `undefined` when there is nothing to tell. */
  readonly hover?: ((at: CursorContext) => HoverPart | undefined) | undefined;
  /** What to tell above lines of a file, and what to do when somebody clicks on it. */
  readonly lenses?: ((at: LensContext) => readonly LensPart[]) | undefined;
  /**
   * Whether `complete` is asked in a document; what `understands` says when absent. A document that is empty or half-typed
   * may not yet say what it is.
   */
  readonly mayComplete?: ((document: SourceDocument, snapshot: Snapshot) => boolean) | undefined;
  /** What may be written at the cursor. May be called in a broken document. */
  readonly complete?: ((at: CursorContext) => readonly CompletionEntry[]) | undefined;
}

/** Where a hover or a completion was asked for. */
export interface CursorContext {
  readonly snapshot: Snapshot;
  readonly file: SourceFile;
  readonly document: SourceDocument;
  readonly offset: number;
  /** What stands there; a completion that does not ask for it need not wait until the file is read. */
  readonly cursor: Cursor;
  readonly settings?: Settings | undefined;
  /** What clusters, registries and git say; nothing when absent. */
  readonly observations?: Observations | undefined;
}

/** One contribution to a hover; a feature merges those of all domains. */
export interface HoverPart {
  readonly markdown: string;
  readonly place: Place;
}

/** A file in which lenses are shown. */
export interface LensContext {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly observations: Observations;
  readonly settings?: Settings | undefined;
  /** The URI of a path, for the arguments of commands. */
  readonly toUri: (path: string) => string;
}

/** One lens. Several at the same place stand beside each other. */
export interface LensPart {
  readonly place: Place;
  readonly title: string;
  /** A command of the client, with its only argument. */
  readonly command: string;
  readonly argument: unknown;
}

/** One thing that may be written at the cursor. */
export interface CompletionEntry {
  readonly label: string;
  readonly kind: "field" | "value" | "file" | "folder" | "reference" | "snippet";
  /** Replaces `place`. May be a snippet of LSP when `snippet` is true. */
  readonly insert: { readonly place: Place; readonly text: string; readonly snippet?: boolean | undefined };
  /** Changes elsewhere that belong to it; they touch neither `insert.place` nor each other. */
  readonly also?: readonly TextEdit[] | undefined;
  /** A few words beside the label, for example the type. */
  readonly detail?: string | undefined;
  /** What tells it from others with the same label, for example an apiVersion. */
  readonly group?: string | undefined;
  /** What has to be typed for it, when that is not the label. */
  readonly filterText?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** The field or kind whose description is the documentation; it is read when someone looks at the entry. */
  readonly explain?: Explained | undefined;
  /** Sorts before others with a greater text; the label decides otherwise. */
  readonly sortText?: string | undefined;
  readonly deprecated?: boolean | undefined;
}

/** A field of a kind, or the kind itself when the path is empty. */
export interface Explained {
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: readonly (string | number)[];
}
