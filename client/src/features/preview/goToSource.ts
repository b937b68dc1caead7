import {
  type Disposable,
  Hover,
  languages,
  MarkdownString,
  Position,
  type TextEditor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { type DocumentPosition, goToSourceRequest, type PlaceInFile } from "../../../../server/src/protocol/origin";
import { renderedScheme } from "../../../../server/src/protocol/rendered";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { select } from "./previewOverlay";

const goToSourceCommand = "gitopsAuthor.goToSource";

/** What the link in a hover hands to the command. */
interface Target {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/**
 * The way from a line of a rendered document to the line of a source file that its value comes from: a command for the
 * cursor, and a link in hovers. Unlike VS Code's "Go to Definition" it leaves the preview in sight.
 */
export function activateGoToSource(server: LanguageServer, register: RegisterCommand): Disposable[] {
  return [
    register(goToSourceCommand, async (argument) => {
      const target = isTarget(argument) ? argument : targetOf(window.activeTextEditor);
      if (target !== undefined) await goToSource(server, target);
    }),
    languages.registerHoverProvider(
      { scheme: renderedScheme },
      {
        provideHover: async ({ uri }, { line, character }) => {
          const target = { uri: uri.toString(), line, character };
          return (await findSource(server, target)) === null ? undefined : new Hover(linkTo(target));
        },
      },
    ),
  ];
}

async function goToSource(server: LanguageServer, target: Target): Promise<void> {
  const place = await findSource(server, target);
  if (place === null) {
    window.setStatusBarMessage("No line of a source file stands for this one.", 5000);
    return;
  }
  const document = await workspace.openTextDocument(Uri.parse(place.uri, true));
  const editor = await window.showTextDocument(document, {
    viewColumn: columnFor(place.uri, target.uri),
    preview: false,
  });
  select(editor, new Position(place.range.start.line, place.range.start.character));
}

function findSource(server: LanguageServer, { uri, line, character }: Target): Promise<PlaceInFile | null> {
  const params: DocumentPosition = { uri, position: { line, character } };
  return server.request(goToSourceRequest, params);
}

/** Where the source is in sight already, else beside the preview: the first column unless the preview itself is there. */
function columnFor(source: string, rendered: string): ViewColumn {
  const columnOf = (uri: string): ViewColumn | undefined =>
    window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri)?.viewColumn;
  return columnOf(source) ?? (columnOf(rendered) === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One);
}

function linkTo(target: Target): MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([target]));
  const link = new MarkdownString(`[$(go-to-file) Go to Source](command:${goToSourceCommand}?${argument})`, true);
  link.isTrusted = { enabledCommands: [goToSourceCommand] };
  return link;
}

function targetOf(editor: TextEditor | undefined): Target | undefined {
  if (editor?.document.uri.scheme !== renderedScheme) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), line, character };
}

function isTarget(argument: unknown): argument is Target {
  if (typeof argument !== "object" || argument === null) return false;
  const { uri, line, character } = argument as { readonly [name in keyof Target]?: unknown };
  return typeof uri === "string" && typeof line === "number" && typeof character === "number";
}
