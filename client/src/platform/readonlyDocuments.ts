import { Disposable, EventEmitter, type Uri, workspace } from "vscode";

/** How many documents are kept: of those shown longest ago the text is gone when somebody looks again. */
const mostDocuments = 2000;

/** Texts that are shown as documents which nobody can edit, under schemes of their own. They are in memory only. */
export class ReadonlyDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  /** By scheme: VS Code warns when a provider tells of documents of another. */
  readonly #changed: ReadonlyMap<string, EventEmitter<Uri>>;
  readonly #registered: Disposable;

  constructor(schemes: readonly string[]) {
    this.#changed = new Map(schemes.map((scheme) => [scheme, new EventEmitter<Uri>()]));
    this.#registered = Disposable.from(
      ...[...this.#changed].flatMap(([scheme, changed]) => [
        changed,
        workspace.registerTextDocumentContentProvider(scheme, {
          onDidChange: changed.event,
          provideTextDocumentContent: (uri) => this.#textOf(uri),
        }),
      ]),
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
    this.#changed.get(uri.scheme)?.fire(uri);
  }

  #textOf(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "This is not kept any more. Run the command again.\n";
  }

  dispose(): void {
    this.#registered.dispose();
    this.#texts.clear();
  }
}
