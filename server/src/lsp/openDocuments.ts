import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { toDocument } from "./uris";

/** What the server does when texts come, change and go. */
export interface OpenDocumentListener {
  fileChanged(path: string, text: string): void;
  fileClosed(path: string): void;
  renderedOpened(root: string): void;
  renderedClosed(root: string): void;
}

/** The texts that the editor holds, synchronised incrementally. */
export class OpenDocuments {
  private readonly documents = new Map<string, TextDocument>();

  constructor(private readonly listener: OpenDocumentListener) {}

  open({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams): void {
    const document = toDocument(uri);
    if (document === undefined) return;
    if (document.kind === "rendered") {
      this.listener.renderedOpened(document.root);
      return;
    }
    this.documents.set(uri, TextDocument.create(uri, languageId, version, text));
    this.listener.fileChanged(document.path, text);
  }

  change({ textDocument: { uri, version }, contentChanges }: DidChangeTextDocumentParams): void {
    const known = this.documents.get(uri);
    const document = toDocument(uri);
    if (known === undefined || document?.kind !== "source") return;
    const changed = TextDocument.update(known, contentChanges, version);
    this.documents.set(uri, changed);
    this.listener.fileChanged(document.path, changed.getText());
  }

  close({ textDocument: { uri } }: DidCloseTextDocumentParams): void {
    const document = toDocument(uri);
    if (document?.kind === "rendered") this.listener.renderedClosed(document.root);
    if (this.documents.delete(uri) && document?.kind === "source") this.listener.fileClosed(document.path);
  }

  /** The URI under which the editor has a path open, with its version. */
  find(path: string): { readonly uri: string; readonly version: number } | undefined {
    for (const { uri, version } of this.documents.values()) {
      const document = toDocument(uri);
      if (document?.kind === "source" && document.path === path) return { uri, version };
    }
    return undefined;
  }
}
