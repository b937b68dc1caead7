import { Disposable, EventEmitter, type TextDocumentContentProvider, type Uri, workspace } from "vscode";

/** How many documents are kept: of those shown longest ago the text is gone when somebody looks again. */
const mostDocuments = 2000;

/** Texts that are shown as documents which nobody can edit, under schemes of their own. They are in memory only. */
export class ReadonlyDocuments implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registered: Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(schemes: readonly string[]) {
    this.#registered = Disposable.from(
      ...schemes.map((scheme) => workspace.registerTextDocumentContentProvider(scheme, this)),
    );
  }

  /** Gives a document its text; one that is open shows it at once. */
  put(uri: Uri, text: string): void {
    const key = uri.toString();
    this.#texts.delete(key);
    this.#texts.set(key, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= mostDocuments) break;
      this.#texts.delete(oldest);
    }
    this.#changed.fire(uri);
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "This is not kept any more. Run the command again.\n";
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
    this.#texts.clear();
  }
}
