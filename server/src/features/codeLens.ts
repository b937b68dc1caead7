import type { CodeLens } from "vscode-languageserver-types";
import type { DocumentParameters, Feature, FeatureContext } from "../analysis/feature";
import { engineAnswers } from "../observations/engineAnswers";
import { previewMessage } from "../render/previewMessage";
import { imageLenses } from "./imageLenses";
import { toRange } from "./range";

/** The command behind the lens of a preview: the client shows the problems. Its argument is the URI of the root's directory. */
const showProblemsCommand = "gitopsAuthor.showPreviewProblems";

/** On a source file: what the domains tell. On a rendered document: what it shows, when that is not the present text. */
export const codeLensFeature: Feature<DocumentParameters, readonly CodeLens[]> = {
  method: "textDocument/codeLens",
  capabilities: { codeLensProvider: { resolveProvider: false } },
  waitsForWorkspace: true,
  empty: [],
  handle(_, context) {
    const { document } = context;
    if (document === undefined) return [];
    return document.kind === "rendered" ? renderedLenses(document.root, context) : sourceLenses(document.path, context);
  },
};

function renderedLenses(root: string, context: FeatureContext): readonly CodeLens[] {
  const { builds, shownBuild, observations, toUri } = context;
  const start = { line: 0, character: 0 };
  const range = { start, end: start };
  const last = builds.last(root);
  const title = previewMessage(last, shownBuild(root));
  const other = observations.of(engineAnswers).get(root);
  return [
    ...(title === "" ? [] : [{ range, command: { title, command: showProblemsCommand, arguments: [toUri(root)] } }]),
    // Without a command it is a text.
    ...(other === undefined || other.ours !== last?.text.file.text
      ? []
      : [{ range, command: { title: other.words, command: "" } }]),
  ];
}

async function sourceLenses(path: string, context: FeatureContext): Promise<readonly CodeLens[]> {
  const { domains, snapshot, observations, settings, toUri } = context;
  const told = domains.flatMap((domain) => domain.lenses?.({ snapshot, path, observations, settings, toUri }) ?? []);
  return [...told, ...(await imageLenses(path, context))].map(({ place, title, command, argument }) => {
    return { range: toRange(place), command: { title, command, arguments: [argument] } };
  });
}
