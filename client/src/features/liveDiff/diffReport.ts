import type { ObjectComparison } from "../../cluster/compareWithCluster";
import { objectName } from "../../cluster/objectName";

/** What was compared. */
export interface ComparedSides {
  /** For example `book-dev` or `config/overlays/dev`. */
  readonly what: string;
  readonly context: string;
  /** What has to be known of the whole, a sentence each. */
  readonly notes: readonly string[];
}

/** The headings of a report, in their order. */
const headings: readonly (readonly [ObjectComparison["state"], string])[] = [
  ["different", "Differs"],
  ["onlyFiles", "Only in the files"],
  ["onlyCluster", "Only in the cluster"],
  ["unread", "Could not be read"],
  ["unknown", "Could not be compared"],
  ["hook", "Hooks, which Argo CD makes for a sync and never compares"],
  ["same", "The same"],
];

/** Everything that a comparison found, as a text. */
export function writeReport({ what, context, notes }: ComparedSides, comparisons: readonly ObjectComparison[]): string {
  const lines = [
    `${what} compared with ${context}: ${summarize(comparisons)}`,
    "",
    ...notes.map((note) => `! ${note}`),
  ];
  if (notes.length > 0) lines.push("");
  for (const [state, heading] of headings) {
    const found = comparisons.filter((each) => each.state === state);
    if (found.length === 0) continue;
    lines.push(`${heading} (${found.length})`);
    for (const each of found) lines.push(`  ${nameOf(each)}`, ...each.notes.map((note) => `    ${note}`));
    lines.push("");
  }
  return lines.join("\n");
}

/** For example `2 of 7 objects differ, 1 is only in the files.` */
export function summarize(comparisons: readonly ObjectComparison[]): string {
  const count = (state: ObjectComparison["state"]): number => comparisons.filter((each) => each.state === state).length;
  const [unread, unknown] = [count("unread"), count("unknown")];
  const compared = comparisons.length - count("hook") - unknown - unread;
  const [differ, files, cluster] = [count("different"), count("onlyFiles"), count("onlyCluster")];
  const parts = [
    differ > 0 &&
      `${differ} of ${compared} ${compared === 1 ? "object" : "objects"} ${differ === 1 ? "differs" : "differ"}`,
    files > 0 && `${files} ${is(files)} only in the files`,
    cluster > 0 && `${cluster} ${is(cluster)} only in the cluster`,
    unknown > 0 && `${unknown} could not be compared`,
    unread > 0 && `${unread} could not be read`,
  ].filter((part) => part !== false);
  if (parts.length > 0) return `${parts.join(", ")}.`;
  return compared === 0
    ? "There is nothing to compare."
    : `Nothing differs in ${compared === 1 ? "1 object" : `${compared} objects`}.`;
}

/** `Deployment person-service in book-dev` */
export function nameOf({ kind, name, namespace }: ObjectComparison): string {
  return `${objectName({ kind, metadata: { name } })}${namespace === undefined ? "" : ` in ${namespace}`}`;
}

function is(count: number): string {
  return count === 1 ? "is" : "are";
}
