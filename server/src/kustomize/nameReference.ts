import { type Cause, getValue, type Mapping, type Node, type Scalar } from "../yaml/node";
import { BuildFailure } from "./failure";
import { applyPath, describeObject, setEntry } from "./fieldSpec";
import type { MergeSchema } from "./merge/mergeSchema";
import { nameReferenceRules, type ReferenceRule } from "./nameReferenceRules";
import { type Question, type ReferenceMemo, stillHolds, summary } from "./referenceMemo";
import { Referrals, type Wanted } from "./referrals";
import { originalId, type Resource, withNode } from "./resource";
import { gvkText, idText } from "./resourceId";
import { setScalar } from "./setScalar";
import type { TransformerConfig } from "./transformerConfig";

/**
 * Writes the new names of renamed objects wherever other objects refer to them (upstream: `nameReferenceTransformer` and
 * `api/filters/nameref`). Only objects that a step has renamed or moved can be meant.
 *
 * @throws BuildFailure when a reference may mean several objects with different names.
 */
export function fixNameReferences(
  resources: readonly Resource[],
  config: TransformerConfig,
  schema: MergeSchema,
  memo?: { readonly of: ReferenceMemo; readonly root: string },
): readonly Resource[] {
  const referrals = new Referrals(resources);
  const before = memo?.of.find(memo.root, config);
  const now = new Map<Resource, { readonly questions: readonly Question[]; readonly result: Resource }>();
  const results = resources.map((referrer) => {
    const known = before?.get(referrer);
    if (known !== undefined && stillHolds(known, referrer, referrals)) {
      now.set(referrer, known);
      return known.result;
    }
    const questions: Question[] = [];
    let node = referrer.node;
    for (const rules of nameReferenceRules(config, originalId(referrer))) {
      node = followRules({ referrals, referrer, root: node, questions }, rules);
    }
    const result = withNode(referrer, node, schema.isClusterScoped);
    if (memo !== undefined) now.set(referrer, { questions, result });
    return result;
  });
  memo?.of.keep(memo.root, config, now);
  return results;
}

interface Walk {
  readonly referrals: Referrals;
  readonly questions: Question[];
  readonly referrer: Resource;
  readonly root: Mapping;
}

/** Applies all rules for one path, in turn, to each value found there. */
function followRules(walk: Walk, rules: readonly ReferenceRule[]): Mapping {
  const [first] = rules;
  if (first === undefined) return walk.root;
  const set = (old: Node | undefined): Node => {
    if (old === undefined) return nothing;
    return rules.reduce((node: Node, rule) => update(walk, rule, node), old);
  };
  return applyPath(walk.root, first.spec, { set }, unknownCause(walk.root));
}

function update(walk: Walk, rule: ReferenceRule, node: Node): Node {
  if (node.kind === "scalar") return node.tag === "null" ? node : updateName(walk, rule, node);
  if (node.kind === "mapping") return updateReference(walk, rule, node);
  let changed = false;
  const items = node.items.map((item) => {
    if (item.kind === "sequence") throw noReference(walk, rule, item, "is expected to be either a string or a map");
    const result = update(walk, rule, item);
    if (result !== item) changed = true;
    return result;
  });
  return changed ? { ...node, items } : node;
}

/** A field that holds a name. */
function updateName(walk: Walk, rule: ReferenceRule, node: Scalar): Node {
  const referral = theOne(walk, rule, node, ask(walk, rule, { name: node.text }), sameNames);
  if (referral === undefined || referral.id.name === node.text) return node;
  return setScalar(node, { text: referral.id.name }, causeOf(rule, referral));
}

/** A field that holds a mapping with a name and perhaps a namespace. */
function updateReference(walk: Walk, rule: ReferenceRule, node: Mapping): Node {
  const name = getValue(node, "name");
  if (name === undefined) throw noReference(walk, rule, node, "path config error; no 'name' field in node");
  const oldName = name.kind === "scalar" ? name.text : "";
  const namespace = getValue(node, "namespace");
  const wanted = { name: oldName, namespace: namespace?.kind === "scalar" ? namespace.text : undefined };
  const referral = theOne(walk, rule, node, ask(walk, rule, wanted), sameNamesAndNamespaces);
  if (referral === undefined) return node;
  const { id } = referral;
  if (id.name === oldName && id.namespace === "") return node;
  const cause = causeOf(rule, referral);
  let result = node;
  if (id.name !== oldName) result = setEntry(result, "name", setScalar(name, { text: id.name }, cause), cause);
  if (id.namespace !== "" && wanted.namespace !== id.namespace) {
    const place =
      namespace === undefined ? getValue(getValue(referral.node, "metadata"), "namespace")?.origin.place : undefined;
    result = setEntry(result, "namespace", setScalar(namespace, { text: id.namespace, place }, cause), cause);
  }
  return result;
}

function ask(walk: Walk, rule: ReferenceRule, wanted: Wanted): readonly Resource[] {
  const found = walk.referrals.find(walk.referrer, rule, wanted);
  walk.questions.push({ rule, wanted, answer: summary(found) });
  return found;
}

function theOne(
  walk: Walk,
  rule: ReferenceRule,
  node: Node,
  found: readonly Resource[],
  same: (a: Resource, b: Resource) => boolean,
): Resource | undefined {
  const [first] = found;
  if (first === undefined || found.every((other) => same(first, other))) return first;
  const name = node.kind === "scalar" ? node.text : "";
  throw new BuildFailure({
    code: "kustomization/ambiguous-name-reference",
    severity: "error",
    place: node.origin.place,
    message: `${name === "" ? "This reference" : `\`${name}\``} may mean several objects: ${found.map(({ id }) => id.name).join(", ")}.`,
    help: `Rename one of them, or keep ${describeObject(walk.root)} in a kustomization with the one it means.`,
    detail: `found multiple possible referrals: ${found.map(({ id }) => idText(id)).join(", ")}`,
    related: found.map((resource) => ({
      place: resource.node.origin.place,
      message: `This is ${idText(resource.id)}.`,
    })),
    data: { path: rule.path },
  });
}

function sameNames(a: Resource, b: Resource): boolean {
  return a.id.name === b.id.name;
}

function sameNamesAndNamespaces(a: Resource, b: Resource): boolean {
  return a.id.name === b.id.name && a.id.namespace === b.id.namespace;
}

/** Whoever renamed the object asked for the change of what refers to it. */
function causeOf(rule: ReferenceRule, referral: Resource): Cause {
  const name = getValue(getValue(referral.node, "metadata"), "name");
  const renamedBy = name?.origin.change ?? (name?.kind === "scalar" ? undefined : referral.node.origin.change);
  const place = renamedBy?.place ?? (name ?? referral.node).origin.place;
  return {
    transformer: "nameReference",
    place,
    path: renamedBy?.path ?? "",
    note: `${rule.path} names a ${rule.target.kind}, and ${gvkText(referral.id)} is now called ${referral.id.name}.`,
  };
}

const nothing: Scalar = {
  kind: "scalar",
  text: "",
  tag: "null",
  style: "plain",
  origin: { place: { file: { path: "", text: "" }, start: 0, end: 0 } },
};

function unknownCause(root: Mapping): Cause {
  return { transformer: "nameReference", place: root.origin.place, path: "" };
}

function noReference(walk: Walk, rule: ReferenceRule, node: Node, reason: string): BuildFailure {
  return new BuildFailure({
    code: "kustomization/broken-name-reference",
    severity: "error",
    place: node.origin.place,
    message: `A reference to a ${rule.target.kind} is expected here, with a \`name\`.`,
    help: "Name the object that is meant.",
    detail: `updating name reference in '${rule.path}' field of '${idText(walk.referrer.id)}': considering field '${rule.path}' of object ${describeObject(walk.root)}: ${reason}`,
  });
}
