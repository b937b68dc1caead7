import { naturalOrder } from "../../../../server/src/protocol/naturalOrder";
import type { Application } from "../../cluster/argocd/application";

/** By what the Applications of a cluster are grouped. */
export type Grouping =
  | { readonly by: "cluster" }
  | { readonly by: "project" }
  | { readonly by: "label"; readonly label: string };

/** What was remembered; the grouping by project when it is nothing that we know. */
export function toGrouping(remembered: unknown): Grouping {
  const { by, label } = (remembered ?? {}) as { readonly by?: unknown; readonly label?: unknown };
  if (by === "cluster") return { by };
  return by === "label" && typeof label === "string" ? { by, label } : { by: "project" };
}

/** The group of an Application; empty when there are no groups, or it has no such label. */
export function groupOf({ metadata, spec }: Application, grouping: Grouping): string {
  if (grouping.by === "cluster") return "";
  if (grouping.by === "project") return spec?.project || "default";
  const { labels = {} } = metadata;
  return Object.hasOwn(labels, grouping.label) ? (labels[grouping.label] ?? "") : "";
}

/** The keys of Applications by group, both in the order of their names; those without the label last. */
export function groupApplications(
  applications: Iterable<readonly [key: string, application: Application]>,
  grouping: Grouping,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, application] of applications) {
    const name = groupOf(application, grouping);
    const keys = groups.get(name);
    if (keys === undefined) groups.set(name, [key]);
    else keys.push(key);
  }
  for (const keys of groups.values()) keys.sort(byName);
  return new Map([...groups].sort(([a], [b]) => byGroup(a, b)));
}

/** The labels that Applications have, those that most have first, with the numbers of their values and of Applications. */
export function labelsOf(
  applications: Iterable<Application>,
): readonly { readonly label: string; readonly values: number; readonly applications: number }[] {
  const labels = new Map<string, { readonly values: Set<string>; count: number }>();
  for (const { metadata } of applications) {
    for (const [label, value] of Object.entries(metadata.labels ?? {})) {
      const known = labels.get(label) ?? { values: new Set(), count: 0 };
      known.values.add(value);
      known.count++;
      labels.set(label, known);
    }
  }
  return [...labels]
    .map(([label, { values, count }]) => ({ label, values: values.size, applications: count }))
    .sort((a, b) => b.applications - a.applications || naturalOrder(a.label, b.label));
}

/** By the name, then by the namespace before the slash. */
function byName(a: string, b: string): number {
  return naturalOrder(a.slice(a.indexOf("/")), b.slice(b.indexOf("/"))) || naturalOrder(a, b);
}

function byGroup(a: string, b: string): number {
  if (a === "" || b === "") return a === "" ? 1 : -1;
  return naturalOrder(a, b);
}
