import { rbacGroup } from "../kubernetes/bindings";
import { baseName, isInside } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import type { Definition } from "../workspace/symbols";
import { getValue, textOf } from "../yaml/node";
import { writeDocument } from "../yaml/writeDocument";
import type { Fix } from "./finding";
import { placeFile } from "./placeFile";

/** The service account with which an Argo CD deploys. */
export interface Controller {
  readonly namespace: string;
  readonly name: string;
}

/** The bindings that a controller needs. */
export interface NeededBindings {
  readonly controller: Controller;
  readonly namespaces: readonly string[];
  /** What the Applications deploy: a binding in there would come too late. */
  readonly directories: readonly string[];
}

/** The RoleBinding with which a controller may deploy everything ordinary into a namespace; the role `admin` is in every cluster. */
export function controllerBinding({ name, namespace: home }: Controller, namespace: string): object {
  return {
    apiVersion: `${rbacGroup}/v1`,
    kind: "RoleBinding",
    metadata: { name: "argocd-may-deploy", namespace },
    roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: "admin" },
    subjects: [{ kind: "ServiceAccount", name, namespace: home }],
  };
}

/**
 * Writes bindings behind one of the same controller, or else into a file of their own, listed where its neighbours are: beside the Namespace,
 * or where that does not do beside `anchor`, the path of a file.
 */
export function writeBindings(snapshot: Snapshot, needed: NeededBindings, anchor: string): Fix {
  const text = needed.namespaces.map((each) => writeDocument(controllerBinding(needed.controller, each))).join("---\n");
  return appendToOthers(snapshot, needed, text) ?? writeFile(snapshot, needed, text, anchor);
}

/** Behind a binding of the same controller for another namespace. */
function appendToOthers(snapshot: Snapshot, needed: NeededBindings, text: string): Fix | undefined {
  const { name, namespace } = needed.controller;
  const mentions = snapshot.symbols.mentionsOf({ object: { group: "", kind: "ServiceAccount", name, namespace } });
  const place = mentions.find(
    ({ from, place: { file } }) => from.kind === "RoleBinding" && isUsable(snapshot, file.path, needed),
  )?.place;
  if (place === undefined) return undefined;
  const { file } = place;
  const end = file.text.length;
  const gap = file.text.endsWith("\n") ? "" : "\n";
  const edit = { place: { file, start: end, end }, text: `${gap}---\n${text}` };
  return { title: `Add a RoleBinding to '${baseName(file.path)}'`, edits: [edit] };
}

function writeFile(snapshot: Snapshot, needed: NeededBindings, text: string, anchor: string): Fix {
  const manifests = needed.namespaces.flatMap((name) => namespaceOf(snapshot, name)?.place.file.path ?? []);
  const beside = [...manifests, anchor].find((path) => isUsable(snapshot, path, needed)) ?? anchor;
  const names = ["argocd-role-binding.yaml", ...needed.namespaces.map((name) => `argocd-role-binding-${name}.yaml`)];
  const { path, listing } = placeFile(snapshot, beside, names);
  const title = `Write a RoleBinding into '${baseName(path)}'`;
  const creates = [{ path, text }];
  return listing === undefined
    ? { title, edits: [], creates }
    : { title: `${title} and list it in '${baseName(listing.file)}'`, edits: listing.edits, creates };
}

/** Whether a binding beside a file would be deployed as it is, and by others than the Applications that need it. */
function isUsable(snapshot: Snapshot, path: string, { directories, namespaces }: NeededBindings): boolean {
  if (directories.some((directory) => isInside(directory, path))) return false;
  const around = [...snapshot.graph.includersOf(path), ...snapshot.graph.reachedFrom(path)];
  return around.every(({ root, file }) => {
    const moved = textOf(getValue(snapshot.documents(file)[0]?.root, "namespace"));
    const stays = moved === undefined || (namespaces.length === 1 && moved === namespaces[0]);
    return stays && !directories.includes(root);
  });
}

/** Where the workspace defines a Namespace. */
export function namespaceOf(snapshot: Snapshot, name: string): Definition | undefined {
  return snapshot.symbols.definitionsOf({ object: { group: "", kind: "Namespace", name } })[0];
}
