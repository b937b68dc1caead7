import { isKustomizationName } from "../kubernetes/kustomizationFileNames";
import { getValue, type Mapping, type Node, type Sequence, textOf, withValue } from "../yaml/node";
import { goGlob, isGoPattern } from "./goGlob";
import { setImages } from "./kustomizeImages";
import { addAnnotations, addLabels } from "./kustomizeLabels";
import { type EditContext, itemsOf, numberNode, picked, stepOf, textNode } from "./kustomizeNodes";

/** A kustomization with what an Application sets in it. */
export interface EditedKustomization {
  readonly kustomization: Mapping;
  /** Why Argo CD cannot do some of it, a sentence each: then it renders nothing. */
  readonly failures: readonly string[];
}

/** One thing that Argo CD does to the kustomization, or the sentence why it cannot. */
type Step = (kustomization: Mapping, options: Mapping, context: EditContext) => Mapping | string;

/**
 * Does to a kustomization what Argo CD does before it builds it: the options `spec.source.kustomize` of an Application become calls of
 * `kustomize edit` (`kustomize.Build` of argo-cd `util/kustomize/kustomize.go`, and Kustomize 5.8.1 `kustomize/commands/edit`). What comes from
 * the options keeps its place there. What they say of helm, and the version, is not looked at here.
 */
export function editKustomization(kustomization: Mapping, options: Mapping, context: EditContext): EditedKustomization {
  const failures: string[] = [];
  let edited = kustomization;
  for (const step of steps) {
    const result = step(edited, options, context);
    if (typeof result === "string") failures.push(result);
    else edited = result;
  }
  return { kustomization: edited, failures };
}

/** In the order of Argo CD. */
const steps: readonly Step[] = [
  setText("namePrefix"),
  setText("nameSuffix"),
  setImages,
  setReplicas,
  addLabels,
  addAnnotations,
  setText("namespace"),
  addPatches,
  addComponents,
];

function setText(field: string): Step {
  return (kustomization, options) => {
    const value = getValue(options, field);
    const text = textOf(value) ?? "";
    if (value === undefined || text === "") return kustomization;
    const { place } = value.origin;
    return withValue(kustomization, textNode(field, place), textNode(text, place));
  };
}

/** Counts replace those of the same name; the list is sorted by name then (`setreplicas.go`). */
function setReplicas(kustomization: Mapping, options: Mapping): Mapping | string {
  const wanted = itemsOf(options, "replicas");
  if (wanted.length === 0) return kustomization;
  const byName = new Map<string, Node>();
  for (const item of itemsOf(kustomization, "replicas")) byName.set(textOf(getValue(item, "name")) ?? "", item);
  for (const item of wanted) {
    const [name = "", count = ""] = [textOf(getValue(item, "name")), textOf(getValue(item, "count"))];
    const { place } = item.origin;
    if (!/^[+-]?\d+$/.test(count)) return `replicas: '${count}' of '${name}' is no whole number.`;
    const entry = stepOf(place, [["name", textNode(name, place)]]);
    byName.set(name, withValue(entry, textNode("count", place), numberNode(count, getValue(item, "count") ?? item)));
  }
  return withList(kustomization, "replicas", sortedByName(byName), options);
}

/** The list of the kustomization, then that of the Application; the file is rewritten, so that it must be a list. */
function addPatches(kustomization: Mapping, options: Mapping): Mapping | string {
  const added = itemsOf(options, "patches").map(toPatch);
  if (added.length === 0) return kustomization;
  const present = getValue(kustomization, "patches");
  if (present !== undefined && present.kind !== "sequence") return "patches: those of the kustomization are no list.";
  return withList(kustomization, "patches", [...(present?.items ?? []), ...added], options);
}

const targetFields = ["group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector"];

/** What an Application can say of a patch; the API server drops the rest. */
function toPatch(node: Node): Node {
  if (node.kind !== "mapping") return node;
  const patch = picked(node, ["path", "patch", "target", "options"]);
  const target = getValue(patch, "target");
  if (target?.kind !== "mapping") return patch;
  return withValue(patch, textNode("target", target.origin.place), picked(target, targetFields));
}

/** Each once, behind those of the kustomization; a pattern stands for the paths that it matches (`addcomponent.go`). */
function addComponents(kustomization: Mapping, options: Mapping, context: EditContext): Mapping | string {
  const ignoresMissing = textOf(getValue(options, "ignoreMissingComponents")) === "true";
  const present = itemsOf(kustomization, "components");
  const items: Node[] = [...present];
  for (const component of itemsOf(options, "components")) {
    const path = textOf(component) ?? "";
    // Argo CD looks for it as it is written, so that it takes no pattern then.
    if (ignoresMissing && !context.isThere(path)) continue;
    const paths = isGoPattern(path) ? goGlob(path, context) : [path];
    if (paths === undefined) return `components: '${path}' is no valid pattern.`;
    if (paths.length === 0) return `components: nothing matches '${path}'.`;
    for (const each of paths) {
      // A pattern for all that is beside the kustomization matches that too.
      if (!isKustomizationName(each) && !items.some((item) => textOf(item) === each))
        items.push(textNode(each, component.origin.place));
    }
  }
  return items.length === present.length ? kustomization : withList(kustomization, "components", items, options);
}

function withList(kustomization: Mapping, field: string, items: readonly Node[], options: Mapping): Mapping {
  const { origin } = getValue(kustomization, field) ?? getValue(options, field) ?? options;
  const list: Sequence = { kind: "sequence", items, origin };
  return withValue(kustomization, textNode(field, origin.place), list);
}

function sortedByName(byName: ReadonlyMap<string, Node>): readonly Node[] {
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
