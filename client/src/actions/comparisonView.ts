import { commands, type Disposable, Location, languages, type Position, Range, Uri, ViewColumn, window } from "vscode";
import type { LineSource } from "../../../server/src/protocol/compareObjects";
import type { PlaceInFile } from "../../../server/src/protocol/origin";
import type { ObjectComparison } from "../cluster/compareWithCluster";
import { plainMessage } from "../platform/plainMessage";
import { ReadonlyDocuments } from "../platform/readonlyDocuments";

/** The schemes of the two sides of a comparison. */
const liveScheme = "gitops-live";
const desiredScheme = "gitops-desired";

/** Shows objects as they are in a cluster beside what the files make of them, in VS Code's own diff editor, with the way back to the source. */
export class ComparisonView implements Disposable {
  readonly #documents = new ReadonlyDocuments([liveScheme, desiredScheme]);
  readonly #shown = new Map<string, ObjectComparison>();
  #runs = 0;
  readonly #registered = languages.registerDefinitionProvider([{ scheme: liveScheme }, { scheme: desiredScheme }], {
    provideDefinition: ({ uri }, position) => {
      const place = this.#findSource(uri, position);
      return place === undefined ? undefined : new Location(Uri.parse(place.uri, true), toRange(place));
    },
  });

  /** Opens one editor with all that differs. `title` names both sides. */
  async show(title: string, comparisons: readonly ObjectComparison[]): Promise<void> {
    if (comparisons.length === 0) {
      void window.showInformationMessage("Nothing differs.");
      return;
    }
    const run = ++this.#runs;
    for (const key of [...this.#shown.keys()].slice(0, -mostShown)) this.#shown.delete(key);
    const resources = comparisons.map((comparison, i): readonly [Uri, Uri | undefined, Uri | undefined] => {
      // Kinds of several groups may have the same name.
      const place = `${run}.${i}`;
      const live = this.#put(liveScheme, place, comparison);
      const desired = this.#put(desiredScheme, place, comparison);
      return [desired ?? live ?? Uri.parse("untitled:"), live, desired];
    });
    await commands.executeCommand("vscode.changes", title, resources);
  }

  /** Leads from the line under the cursor to the line of a file that gives its value. Throws, for the person, when there is none. */
  async goToSource(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined || ![liveScheme, desiredScheme].includes(editor.document.uri.scheme)) {
      throw new Error("Put the cursor into a comparison of files with a cluster first (Diff Overlay with Cluster…).");
    }
    const { uri } = editor.document;
    const place = this.#findSource(uri, editor.selection.active);
    const setBy = this.#findLine(uri, editor.selection.active)?.setBy;
    if (place === undefined && setBy !== undefined) {
      void window.showInformationMessage(plainMessage(setBy));
      return;
    }
    if (place === undefined) throw new Error("No file of this workspace defines this object.");
    const options = { selection: toRange(place), viewColumn: ViewColumn.Beside, preview: false };
    await window.showTextDocument(Uri.parse(place.uri, true), options);
  }

  dispose(): void {
    this.#documents.dispose();
    this.#registered.dispose();
    this.#shown.clear();
  }

  #put(scheme: string, query: string, comparison: ObjectComparison): Uri | undefined {
    const { kind, name, namespace, live, desired } = comparison;
    const text = scheme === liveScheme ? live : desired;
    if (text === "") return undefined;
    const path = `/${namespace ?? "cluster"}/${kind} ${name}.yaml`;
    const uri = Uri.from({ scheme, path, query });
    this.#documents.put(uri, text);
    this.#shown.set(uri.toString(), comparison);
    return uri;
  }

  /** Where lists or maps end in nothing, the object itself; nowhere where no file says the line. */
  #findSource(uri: Uri, position: Position): PlaceInFile | undefined {
    const line = this.#findLine(uri, position);
    return line === undefined ? this.#shown.get(uri.toString())?.source : line.source;
  }

  #findLine(uri: Uri, { line }: Position): LineSource | undefined {
    if (uri.scheme === liveScheme) return undefined;
    return this.#shown.get(uri.toString())?.lines.findLast((each) => each.line <= line);
  }
}

/** As many as documents are kept. */
const mostShown = 2000;

function toRange({ range: { start, end } }: PlaceInFile): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
