import { type Disposable, FileDecoration, ThemeColor, Uri, window } from "vscode";
import type { KustomizationNode, ProblemCounts } from "../../../../server/src/protocol/overlays";

/**
 * A URI that exists for its decoration only: rows of kustomizations carry it, so that their counts stand at the right edge,
 * where a long name does not push them out of sight.
 */
const scheme = "gitops-author-problems";

/** For example `2 errors, 1 warning`; empty when there are none. */
export function countText({ errors, warnings }: ProblemCounts): string {
  return [plural(errors, "error"), plural(warnings, "warning")].filter((text) => text !== "").join(", ");
}

/** The URI that stands for the counts of a kustomization. */
export function countUri({ root, problems: { errors, warnings } }: KustomizationNode): Uri {
  return Uri.from({ scheme, path: Uri.parse(root, true).path, query: `${errors},${warnings}` });
}

/** Draws the counts: a number in the colour of the worst, with words in its tooltip. */
export function registerCountDecorations(): Disposable {
  return window.registerFileDecorationProvider({
    provideFileDecoration: (uri) => {
      if (uri.scheme !== scheme) return undefined;
      const [errors = 0, warnings = 0] = uri.query.split(",").map(Number);
      if (errors + warnings === 0) return undefined;
      const count = errors > 0 ? errors : warnings;
      const color = new ThemeColor(errors > 0 ? "list.errorForeground" : "list.warningForeground");
      // VS Code draws at most two characters.
      return new FileDecoration(count > 9 ? "9+" : String(count), countText({ errors, warnings }), color);
    },
  });
}

function plural(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}
