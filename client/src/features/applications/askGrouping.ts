import { type QuickPickItem, window } from "vscode";
import type { OpenClusters } from "../../cluster/openClusters";
import { type Grouping, labelsOf } from "./grouping";

type Choice = QuickPickItem & { readonly grouping?: Grouping };

/** Asks by what to group; nothing when the person changes their mind. */
export async function askGrouping(clusters: OpenClusters, now: Grouping): Promise<Grouping | undefined> {
  const words = (isNow: boolean, text: string): string => (isNow ? `now · ${text}` : text);
  const items: readonly Choice[] = [
    {
      label: "Cluster",
      description: words(now.by === "cluster", "one list for each"),
      grouping: { by: "cluster" },
    },
    { label: "Project", description: words(now.by === "project", "of Argo CD"), grouping: { by: "project" } },
    { label: "Label…", description: now.by === "label" ? words(true, now.label) : "one that Applications have" },
  ];
  const placeHolder = "How to group the Applications of each cluster";
  const chosen = await window.showQuickPick(items, { title: "Group Applications By", placeHolder });
  return chosen === undefined || chosen.grouping !== undefined ? chosen?.grouping : await askLabel(clusters);
}

async function askLabel(clusters: OpenClusters): Promise<Grouping | undefined> {
  const all = clusters.all.flatMap(({ applications }) => [...applications.values()]);
  const items = labelsOf(all).map(({ label, values, applications }) => {
    const count = `${values} ${values === 1 ? "value" : "values"} on ${applications} of ${all.length} Applications`;
    return { label, description: count };
  });
  if (items.length === 0) throw new Error("No Application of an open context has a label to group by.");
  const placeHolder = "Choose a label of the Applications";
  const chosen = await window.showQuickPick(items, { title: "Group Applications By Label", placeHolder });
  return chosen && { by: "label", label: chosen.label };
}
