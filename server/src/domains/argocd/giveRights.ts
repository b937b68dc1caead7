import { type Controller, type NeededBindings, namespaceOf, writeBindings } from "../../analysis/controllerBinding";
import type { Finding, Fix, TextChange } from "../../analysis/finding";
import { pathAt, toChanges } from "../../analysis/repair";
import type { FixContext } from "../../analysis/rule";
import type { Snapshot } from "../../workspace/snapshot";
import type { SourceDocument } from "../../yaml/document";
import { insertEntry } from "../../yaml/edit";
import { getIn } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { managedByLabel } from "./controllerRights";

/** Writes the missing bindings beside those that are there, or into a file of their own that a kustomization lists; or labels the Namespaces. */
export function giveRights(finding: Finding, { snapshot }: FixContext): readonly Fix[] {
  const missing = readMissing(finding);
  if (missing === undefined) return [];
  const first = writeBindings(snapshot, missing, finding.place.file.path);
  return [{ ...first, preferred: true }, ...labelNamespaces(snapshot, missing)];
}

function readMissing({ data }: Finding): NeededBindings | undefined {
  const { controller, namespaces, directories } = data ?? {};
  if (typeof controller !== "object" || !Array.isArray(namespaces) || !Array.isArray(directories)) return undefined;
  return { controller: controller as Controller, namespaces, directories };
}

/** Offered when the workspace has all of the Namespaces. */
function labelNamespaces(snapshot: Snapshot, { namespaces, controller }: NeededBindings): readonly Fix[] {
  const edits: TextChange[] = [];
  for (const name of namespaces) {
    const place = namespaceOf(snapshot, name)?.place;
    const changes = place && labelEdits(snapshot, place, controller.namespace);
    if (changes === undefined) return [];
    edits.push(...changes);
  }
  const title = namespaces.length === 1 ? `Label the Namespace '${namespaces[0]}'` : "Label the Namespaces";
  return [{ title: `${title} as managed by '${controller.namespace}'`, edits }];
}

function labelEdits(snapshot: Snapshot, { file, start, end }: Place, value: string): readonly TextChange[] | undefined {
  const document: SourceDocument | undefined = snapshot
    .documents(file.path)
    .find((each) => each.start <= start && end <= each.end);
  const metadata = document && pathAt(document, start, end)?.slice(0, -1);
  if (document === undefined || metadata === undefined) return undefined;
  const labels = getIn(document.root, [...metadata, "labels"]);
  const edits =
    labels === undefined
      ? insertEntry(document, metadata, { key: "labels", value: new Map([[managedByLabel, value]]) })
      : insertEntry(document, [...metadata, "labels"], { key: managedByLabel, value });
  return edits && toChanges(document.file, edits);
}
