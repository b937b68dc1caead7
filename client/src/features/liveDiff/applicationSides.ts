import type { RenderedObjects } from "../../../../server/src/protocol/renderedObjects";
import { type Application, sourcesOf } from "../../cluster/argocd/application";

/** What of an Application is not part of what is rendered here, a sentence each. */
export function applicationNotes(
  application: Application,
  { builds, notRendered }: RenderedObjects,
): readonly string[] {
  const notes = [...notRendered];
  for (const { label, otherRevision } of builds) {
    if (otherRevision !== true) continue;
    notes.push(
      `The Application does not follow the branch that is checked out; '${label}' was compared as it is here.`,
    );
  }
  for (const source of sourcesOf(application.spec)) {
    const { kustomize, helm } = source;
    const fields = Object.keys(kustomize ?? {}).filter((field) => field !== "version");
    if (fields.length > 0) {
      notes.push(`What the Application itself sets of kustomize (${fields.join(", ")}) is not rendered here.`);
    }
    if (helm !== undefined && source.chart === undefined)
      notes.push("What the Application sets of helm is not rendered here.");
  }
  return notes;
}
