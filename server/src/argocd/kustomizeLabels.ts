import { getValue, type Mapping, type Node, type Scalar, textOf, withValue } from "../yaml/node";
import { type EditContext, itemsOf, pairsOf, stepOf, textNode } from "./kustomizeNodes";

type Pairs = readonly (readonly [string, Scalar])[];

/** `kustomize edit add label`: into `commonLabels`, or without selectors into the first fitting entry of `labels`. */
export function addLabels(kustomization: Mapping, options: Mapping, { substitute }: EditContext): Mapping | string {
  const pairs = pairsOf(options, "commonLabels").map(([key, value]): Pairs[number] => {
    return [key, unquoted({ ...value, text: substitute(value.text) })];
  });
  if (pairs.length === 0) return kustomization;
  const [force, templates] = [isSet(options, "forceCommonLabels"), isSet(options, "labelIncludeTemplates")];
  if (isSet(options, "labelWithoutSelector")) return addToLabels(kustomization, pairs, { force, templates });
  if (templates) return "labelIncludeTemplates: it goes only together with labelWithoutSelector.";
  return addPairs(kustomization, "commonLabels", pairs, force ? undefined : "forceCommonLabels");
}

/** `kustomize edit add annotation`: into `commonAnnotations`. */
export function addAnnotations(
  kustomization: Mapping,
  options: Mapping,
  { substitute }: EditContext,
): Mapping | string {
  const substitutes = isSet(options, "commonAnnotationsEnvsubst");
  const pairs = pairsOf(options, "commonAnnotations").map(([key, value]): Pairs[number] => {
    return [key, unquoted(substitutes ? { ...value, text: substitute(value.text) } : value)];
  });
  if (pairs.length === 0) return kustomization;
  const force = isSet(options, "forceCommonAnnotations");
  return addPairs(kustomization, "commonAnnotations", pairs, force ? undefined : "forceCommonAnnotations");
}

function isSet(options: Mapping, field: string): boolean {
  return textOf(getValue(options, field)) === "true";
}

/** The command line takes a value with quotes around it for what is in them. */
function unquoted(value: Scalar): Scalar {
  return /^".*"$/s.test(value.text) && value.text.length > 1 ? { ...value, text: value.text.slice(1, -1) } : value;
}

/** Adds pairs to a field. With `unless`, the option that would permit it, none may be there already. */
function addPairs(owner: Mapping, field: string, pairs: Pairs, unless: string | undefined): Mapping | string {
  const present = getValue(owner, field);
  const [, first] = pairs[0] ?? [];
  if (first === undefined) return owner;
  let map: Mapping = present?.kind === "mapping" ? present : stepOf(first.origin.place, []);
  for (const [key, value] of pairs) {
    if (unless !== undefined && getValue(map, key) !== undefined) {
      return `${field}: '${key}' is in the kustomization already, and ${unless} is not set.`;
    }
    map = withValue(map, textNode(key, value.origin.place), value);
  }
  return withValue(owner, textNode(field, map.origin.place), map);
}

function addToLabels(
  kustomization: Mapping,
  pairs: Pairs,
  { force, templates }: { readonly force: boolean; readonly templates: boolean },
): Mapping | string {
  const items = itemsOf(kustomization, "labels");
  const fits = (item: Node): item is Mapping =>
    item.kind === "mapping" && !isSet(item, "includeSelectors") && isSet(item, "includeTemplates") === templates;
  const place = pairs[0]?.[1].origin.place ?? kustomization.origin.place;
  const flag: Scalar = { kind: "scalar", text: "true", tag: "bool", style: "plain", origin: { place } };
  const entry = items.find(fits) ?? stepOf(place, templates ? [["includeTemplates", flag]] : []);
  const added = addPairs(entry, "pairs", pairs, force ? undefined : "forceCommonLabels");
  if (typeof added === "string") return added.replace(/^pairs/, "labels");
  const all = items.includes(entry) ? items.map((item) => (item === entry ? added : item)) : [...items, added];
  const { origin } = getValue(kustomization, "labels") ?? added;
  return withValue(kustomization, textNode("labels", place), { kind: "sequence", items: all, origin });
}
