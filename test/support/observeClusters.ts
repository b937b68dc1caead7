import { parseAllDocuments } from "yaml";
import type { Application } from "../../client/src/cluster/argocd/application";
import { toLiveApplication } from "../../client/src/cluster/argocd/liveApplication";
import { trimApplication } from "../../client/src/cluster/argocd/trimApplication";
import { liveApplications, withNews } from "../../server/src/observations/liveApplications";
import type { ObservationStore } from "../../server/src/observations/observations";

/** Tells the server what these contexts hold, each by its manifests, as the client tells it. */
export function observeClusters(store: ObservationStore, clusters: ReadonlyMap<string, string>): void {
  for (const [cluster, text] of clusters) {
    const objects = parseAllDocuments(text, { strict: false }).map((document): unknown => document.toJS());
    const applications = objects.filter(isApplication).map((each) => toLiveApplication(trimApplication(each)));
    store.put(liveApplications, withNews(store.current.of(liveApplications), { cluster, applications }));
  }
}

/** Samples may be cut off anywhere. */
function isApplication(object: unknown): object is Application {
  const { kind, metadata } = (object ?? {}) as Partial<Application>;
  return kind === "Application" && typeof metadata?.name === "string";
}
