import { CodeLens, type Command, Disposable, EventEmitter, languages, Range, Uri, window, workspace } from "vscode";
import { ReadonlyDocuments } from "../platform/readonlyDocuments";

const scheme = "gitops-report";

/** A report, and what can be done about it: lenses on its first line. */
export interface Report {
  readonly text: string;
  readonly deeds?: readonly Command[] | undefined;
}

/** Reports of what a command did, as documents that stay until they are closed. */
export class Reports implements Disposable {
  readonly #documents = new ReadonlyDocuments([scheme]);
  readonly #deeds = new Map<string, readonly Command[]>();
  readonly #changed = new EventEmitter<void>();
  #count = 0;
  readonly #registered = Disposable.from(
    languages.registerCodeLensProvider(
      { scheme },
      {
        onDidChangeCodeLenses: this.#changed.event,
        provideCodeLenses: ({ uri }) =>
          (this.#deeds.get(uri.toString()) ?? []).map((deed) => new CodeLens(new Range(0, 0, 0, 0), deed)),
      },
    ),
    workspace.onDidCloseTextDocument(({ uri }) => this.#deeds.delete(uri.toString())),
  );

  /** The URI of a new report, not shown yet. */
  create(name: string): Uri {
    return Uri.from({ scheme, path: `/${name.replaceAll("/", "∕")}.txt`, query: String(++this.#count) });
  }

  /** Gives a report its text, and shows it. */
  async show(uri: Uri, { text, deeds = [] }: Report): Promise<void> {
    this.#documents.put(uri, text);
    this.#deeds.set(uri.toString(), deeds);
    this.#changed.fire();
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    this.#documents.dispose();
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
