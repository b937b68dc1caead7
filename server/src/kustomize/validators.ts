import { getValue, type Mapping, type Node, withoutKey, withValue } from "../yaml/node";
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

function isSame(before: Resource, after: Resource | undefined): boolean {
  if (after === undefined || before.previousIds.length !== after.previousIds.length) return false;
  return before.node === after.node || sameValue(before.node, withoutMark(after.node));
}

function withoutMark(node: Mapping): Mapping {
  const metadata = getValue(node, "metadata");
  const labels = getValue(metadata, "labels");
  if (metadata?.kind !== "mapping" || labels?.kind !== "mapping" || getValue(labels, validatedBy) === undefined)
    return node;
  const rest = withoutKey(labels, validatedBy);
  const labelsEntry = metadata.entries.find(({ value }) => value === labels);
  const metadataEntry = node.entries.find(({ value }) => value === metadata);
  if (labelsEntry === undefined || metadataEntry === undefined) return node;
  const kept = rest.entries.length === 0 ? withoutKey(metadata, "labels") : withValue(metadata, labelsEntry.key, rest);
  return withValue(node, metadataEntry.key, kept);
}

function sameValue(a: Node, b: Node | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.kind !== b.kind) return false;
  if (a.kind === "scalar") return b.kind === "scalar" && a.text === b.text && a.tag === b.tag;
  if (a.kind === "sequence") {
    return (
      b.kind === "sequence" &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => sameValue(item, b.items[i]))
    );
  }
  return (
    b.kind === "mapping" &&
    a.entries.length === b.entries.length &&
    a.entries.every(({ key, value }) => sameValue(value, getValue(b, key.text)))
  );
}
