import type { CodeLens } from "vscode-languageserver-types";
import type { DocumentParameters, Feature } from "../analysis/feature";
import type { RootBuild } from "../render/builds";

/** The command behind the lens: the client shows the problems. Its argument is the URI of the root's directory. */
const showProblemsCommand = "gitopsAuthor.showPreviewProblems";

/** On line 1 of a rendered document that does not show the present text: what it shows instead. */
export const previewLensFeature: Feature<DocumentParameters, readonly CodeLens[]> = {
  method: "textDocument/codeLens",
  capabilities: { codeLensProvider: { resolveProvider: false } },
  empty: [],
  handle(_, { document, builds, shownBuild, toUri }) {
    if (document?.kind !== "rendered") return [];
    const title = previewMessage(builds.last(document.root), shownBuild(document.root));
    if (title === "") return [];
    const start = { line: 0, character: 0 };
    const command = { title, command: showProblemsCommand, arguments: [toUri(document.root)] };
    return [{ range: { start, end: start }, command }];
  },
};

/** What a preview says about itself; empty when it shows the present build and that is complete. */
export function previewMessage(present: RootBuild | undefined, shown: RootBuild | undefined): string {
  if (present === undefined || (present.complete && present === shown)) return "";
  const errors = countErrors(present);
  const problems = errors === 1 ? "1 problem" : `${errors} problems`;
  if (shown?.complete === true) return `Shows the last good build; ${problems}`;
  return present.text.file.text === ""
    ? `Nothing could be built; ${problems}`
    : `Shows what could be built; ${problems}`;
}

/** How many problems keep a build from being complete. */
export function countErrors(build: RootBuild): number {
  return build.problems.filter(({ severity }) => severity === "error").length;
}
