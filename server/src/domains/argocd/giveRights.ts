import type { Finding, Fix, TextChange } from "../../analysis/finding";
import { pathAt, toChanges } from "../../analysis/repair";
import type { FixContext } from "../../analysis/rule";
import { rbacGroup } from "../../kubernetes/bindings";
import { baseName, isInside, joinPath, parentPath } from "../../platform/path";
import type { Snapshot } from "../../workspace/snapshot";
import type { Definition } from "../../workspace/symbols";
import type { SourceDocument } from "../../yaml/document";
import { appendItem, insertEntry } from "../../yaml/edit";
import { getIn, getValue, textOf } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { type Controller, managedByLabel } from "./controllerRights";

/** What is missing, as the finding says. */
interface Missing {
  readonly controller: Controller;
  readonly namespaces: readonly string[];
  /** What the Applications deploy: a binding in there would come too late. */
  readonly directories: readonly string[];
}

/** Writes the missing bindings beside those that are there, or into a file of their own that a kustomization lists; or labels the Namespaces. */
export function giveRights(finding: Finding, { snapshot }: FixContext): readonly Fix[] {
  const missing = readMissing(finding);
  if (missing === undefined) return [];
  const bindings = missing.namespaces.map((namespace) => writeBinding(missing.controller, namespace));
  const first = appendToOthers(snapshot, missing, bindings) ?? writeFile(snapshot, missing, bindings, finding.place);
  return [{ ...first, preferred: true }, ...labelNamespaces(snapshot, missing)];
}

function readMissing({ data }: Finding): Missing | undefined {
  const { controller, namespaces, directories } = data ?? {};
  if (typeof controller !== "object" || !Array.isArray(namespaces) || !Array.isArray(directories)) return undefined;
  return { controller: controller as Controller, namespaces, directories };
}

function writeBinding(controller: Controller, namespace: string): string {
  return `apiVersion: ${rbacGroup}/v1
kind: RoleBinding
metadata:
  name: argocd-may-deploy
  namespace: ${namespace}
roleRef:
  apiGroup: ${rbacGroup}
  kind: ClusterRole
  name: admin
subjects:
- kind: ServiceAccount
  name: ${controller.name}
  namespace: ${controller.namespace}
`;
}

/** Behind a binding of the same controller for another namespace. */
function appendToOthers(snapshot: Snapshot, missing: Missing, bindings: readonly string[]): Fix | undefined {
  const { name, namespace } = missing.controller;
  const mentions = snapshot.symbols.mentionsOf({ object: { group: "", kind: "ServiceAccount", name, namespace } });
  const place = mentions.find(
    ({ from, place: { file } }) => from.kind === "RoleBinding" && isUsable(snapshot, file.path, missing),
  )?.place;
  if (place === undefined) return undefined;
  const { file } = place;
  const end = file.text.length;
  const gap = file.text.endsWith("\n") ? "" : "\n";
  const edit = { place: { file, start: end, end }, text: `${gap}---\n${bindings.join("---\n")}` };
  return { title: `Add a RoleBinding to '${baseName(file.path)}'`, edits: [edit] };
}

/** Beside the Namespace or, when that does not do, beside the Application. */
function writeFile(snapshot: Snapshot, missing: Missing, bindings: readonly string[], at: Place): Fix {
  const manifests = missing.namespaces.flatMap((name) => namespaceOf(snapshot, name)?.place.file.path ?? []);
  const anchors = [...manifests, at.file.path];
  const anchor = anchors.find((path) => isUsable(snapshot, path, missing)) ?? at.file.path;
  const directory = parentPath(anchor);
  const names = ["argocd-role-binding.yaml", ...missing.namespaces.map((name) => `argocd-role-binding-${name}.yaml`)];
  const name = names.find((each) => snapshot.lookUp(joinPath(directory, each)).kind === "missing") ?? names[0] ?? "";
  const creates = [{ path: joinPath(directory, name), text: bindings.join("---\n") }];
  const listing = listIn(snapshot, anchor, name);
  const title = `Write a RoleBinding into '${name}'`;
  return listing === undefined
    ? { title, edits: [], creates }
    : { title: `${title} and list it in '${baseName(listing.file)}'`, edits: listing.edits, creates };
}

function listIn(
  snapshot: Snapshot,
  anchor: string,
  name: string,
): { readonly file: string; readonly edits: readonly TextChange[] } | undefined {
  const beside = snapshot.graph.includersOf(anchor).find(({ root }) => root === parentPath(anchor));
  const document = beside && snapshot.documents(beside.file)[0];
  const edits = document && appendItem(document, ["resources"], name);
  if (beside === undefined || document === undefined || edits === undefined) return undefined;
  return { file: beside.file, edits: toChanges(document.file, edits) };
}

/** Whether a binding beside a file would be deployed as it is, and by others than the Applications that need it. */
function isUsable(snapshot: Snapshot, path: string, { directories, namespaces }: Missing): boolean {
  if (directories.some((directory) => isInside(directory, path))) return false;
  const around = [...snapshot.graph.includersOf(path), ...snapshot.graph.reachedFrom(path)];
  return around.every(({ root, file }) => {
    const moved = textOf(getValue(snapshot.documents(file)[0]?.root, "namespace"));
    const stays = moved === undefined || (namespaces.length === 1 && moved === namespaces[0]);
    return stays && !directories.includes(root);
  });
}

function namespaceOf(snapshot: Snapshot, name: string): Definition | undefined {
  return snapshot.symbols.definitionsOf({ object: { group: "", kind: "Namespace", name } })[0];
}

/** Offered when the workspace has all of the Namespaces. */
function labelNamespaces(snapshot: Snapshot, { namespaces, controller }: Missing): readonly Fix[] {
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
