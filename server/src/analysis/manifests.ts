import { baseName, parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceDocument } from "../yaml/document";
import { getValue, textOf } from "../yaml/node";
import type { SourceFile } from "../yaml/source";
import { isTemplated } from "./templates";

/** Whether a document is an object of an API: it says its apiVersion and kind. Kustomizations are none. */
export function isObject(document: SourceDocument): boolean {
  const { root } = document;
  const apiVersion = textOf(getValue(root, "apiVersion"));
  if (apiVersion === undefined || textOf(getValue(root, "kind")) === undefined) return false;
  return !apiVersion.startsWith("kustomize.config.k8s.io/") && !isTemplated(document);
}

/** Whether a document is a list of operations, as JSON patches are. */
export function isJsonPatch(document: SourceDocument): boolean {
  const { root } = document;
  if (root?.kind !== "sequence" || root.items.every((item) => getValue(item, "op") === undefined)) return false;
  return !isTemplated(document);
}

/** A quick look at the text of a file. */
export function mayHoldObjects({ text }: SourceFile): boolean {
  if (/^[-[{ \t]*["']?op["']?:/m.test(text)) return true;
  return /^[ \t]*["']?apiVersion["']?:/m.test(text) && /^[ \t]*["']?kind["']?:/m.test(text);
}

/** The directory of the Helm chart whose template a file may be; there is a `Chart.yaml` in it, if it is one. */
export function chartAround(path: string): string | undefined {
  const at = path.lastIndexOf("/templates/");
  return at < 0 ? undefined : path.slice(0, at) || parentPath(path);
}

/** Whether a file is a template of a Helm chart: text from which manifests are made. */
export function isInChart(snapshot: Pick<Snapshot, "lookUp">, path: string): boolean {
  const chart = chartAround(path);
  return chart !== undefined && snapshot.lookUp(`${chart}/Chart.yaml`).kind === "file";
}

/** Whether a file is there to be copied and filled in: `template.yaml`, `secret.tmpl.yaml`. */
export function isToFillIn(path: string): boolean {
  return /(?:^|[-_.])(?:template|tmpl|tpl)s?\.ya?ml$/.test(baseName(path));
}

/** Whether a file says by its name that it holds parts of objects: a patch, or what a test expects of an object. */
export function holdsParts(path: string): boolean {
  return /\/patch(?:es)?\/|(?:^|[-_./])(?:assert(?:[-_][^/]*)?|errors?)\.ya?ml$|patch[^/]*\.ya?ml$/.test(path);
}
