import { type Entry, getValue, type Mapping, withoutKey } from "../yaml/node";
import { BuildFailure } from "./failure";
import type { Accumulator } from "./layer";
import type { Resource } from "./resource";
import { headOf } from "./resourceFile";
import type { Transformer } from "./transformers/transformer";

/** A validator may leave its name in this label. */
const validatedBy = "validated-by";

/**
 * Runs a plugin as a validator: it may look at the objects, and mark them, but change nothing (upstream:
 * `KustTarget.runValidators`).
 *
 * @throws BuildFailure when it changes something; the set is then as before.
 */
export function validate({ set }: Accumulator, validator: Transformer, config: Resource): void {
  const before = set.resources;
  validator.apply(set);
  const after = set.resources;
  const culprit = before.length === after.length ? before.find((old, i) => !isSame(old, after[i])) : before[0];
  if (culprit === undefined) return;
  set.replaceAll(before);
  throw new BuildFailure({
    code: "kustomization/validator-modifies",
    severity: "error",
    place: headOf(config.node),
    message: `A validator may not change objects, but this ${config.id.kind} does.`,
    help: "Move it to `transformers`.",
    detail: "validator shouldn't modify the resource map",
    related: [{ place: culprit.node.origin.place, message: "This object is changed." }],
  });
}

/**
 * Upstream compares the memory of its parser, lines and columns included: whoever writes a value that stood there before
 * has changed it too. The mark is taken off first, and the labels around it are made anew then.
 */
function isSame(before: Resource, after: Resource | undefined): boolean {
  if (after === undefined || before.previousIds.length !== after.previousIds.length) return false;
  const labels = labelsOf(after.node);
  if (labels === undefined || getValue(labels, validatedBy) === undefined) return before.node === after.node;
  const rest = withoutKey(labels, validatedBy);
  if (!isRestoredOnRemoval(after.node, rest)) return false;
  const old = labelsOf(before.node);
  return sameEntries(rest, old) && sameEntries(withoutLabels(after.node), withoutLabels(before.node));
}

function labelsOf(node: Mapping): Mapping | undefined {
  const labels = getValue(getValue(node, "metadata"), "labels");
  return labels?.kind === "mapping" ? labels : undefined;
}

/** Labels that upstream sorts and puts last, without lines: as they were, if a transformer has made them like that. */
function isRestoredOnRemoval(node: Mapping, labels: Mapping): boolean {
  const metadata = getValue(node, "metadata");
  const isLast = metadata?.kind === "mapping" && metadata.entries.at(-1)?.key.text === "labels";
  const isMade = labels.entries.every(({ value }) => value.origin.change?.transformer.toLowerCase().includes("label"));
  const isSorted = labels.entries.every(({ key }, i) => i === 0 || (labels.entries[i - 1]?.key.text ?? "") < key.text);
  return labels.entries.length === 0 || (isLast && isMade && isSorted && labels.origin.change !== undefined);
}

/** The values of an object and of its metadata, without the labels. */
function withoutLabels(node: Mapping): Mapping {
  const entries = node.entries.flatMap((entry): readonly Entry[] => {
    if (entry.key.text !== "metadata" || entry.value.kind !== "mapping") return [entry];
    return entry.value.entries.filter(({ key }) => key.text !== "labels");
  });
  return { ...node, entries };
}

function sameEntries(a: Mapping, b: Mapping | undefined): boolean {
  const others = b?.entries ?? [];
  return a.entries.length === others.length && a.entries.every(({ value }, i) => value === others[i]?.value);
}
