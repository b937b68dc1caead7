import { type Cause, type Entry, getValue, type Mapping, withoutKey } from "../yaml/node";
import type { Place } from "../yaml/source";
import {
  buildAnnotations,
  localConfigAnnotation,
  originAnnotation,
  transformationsAnnotation,
} from "./buildAnnotations";
import { printOrigin, printTransformations } from "./buildMetadata";
import type { BuildOptions } from "./buildOptions";
import { BuildFailure } from "./failure";
import { madeKey, setEntry } from "./fieldSpec";
import { type Field, mappingField, textField, textItems } from "./fields";
import { setPairs } from "./filters/pairs";
import { duplicateProblem } from "./layer";
import type { KindOrder } from "./order";
import { legacyOrder, sortResources } from "./order";
import type { Problem } from "./problem";
import type { Resource } from "./resource";
import { ResourceSet } from "./resourceSet";
import { textualMap } from "./transformers/applyPatch";

/** What the root kustomization says about printing. */
export interface Finish {
  readonly fields: Field<Mapping>;
  readonly options: BuildOptions;
  /** The start of the root kustomization. */
  readonly place: Place;
}

/** Leaves out the objects that are only there for the build (upstream: `KustTarget.IgnoreLocal`). */
export function withoutLocal(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ node }) => {
    const annotation = getValue(getValue(getValue(node, "metadata"), "annotations"), localConfigAnnotation);
    return annotation === undefined || (annotation.kind === "scalar" && annotation.text === "false");
  });
}

/**
 * Finds objects with the same id in the result.
 * @returns the first of each, and the problems.
 */
export function distinct(
  resources: readonly Resource[],
  place: Place,
): { kept: readonly Resource[]; problems: Problem[] } {
  const kept = new ResourceSet();
  const problems: Problem[] = [];
  for (const resource of resources) {
    const [known] = kept.sameAs(resource);
    if (known === undefined) kept.append(resource);
    else problems.push(duplicateProblem(resource, kept.at(known), place));
  }
  return { kept: kept.resources, problems };
}

/**
 * Sorts the result as the root kustomization or the option says.
 * @throws BuildFailure when `sortOptions` contradicts itself.
 */
export function inOrder(resources: readonly Resource[], { fields, options }: Finish): readonly Resource[] {
  const sortOptions = mappingField(fields.node, "sortOptions");
  if (sortOptions === undefined) return options.reorder === "none" ? resources : sortResources(resources);
  const order = readOrder(sortOptions);
  return order === undefined ? resources : sortResources(resources, order);
}

function readOrder(sortOptions: Mapping): KindOrder | undefined {
  const order = textField(sortOptions, "order");
  const legacy = mappingField(sortOptions, "legacySortOptions");
  const { place } = (getValue(sortOptions, "order") ?? sortOptions).origin;
  if (order !== "legacy" && order !== "fifo") {
    throw sortFailure(place, {
      code: "kustomization/sort-order",
      message: `\`sortOptions.order\` is legacy or fifo${order === "" ? "" : `, not ${order}`}.`,
      help: "Write `order: legacy` or `order: fifo`.",
      detail: "the field 'sortOptions.order' must be one of [fifo, legacy]",
    });
  }
  if (order === "legacy") {
    if (legacy === undefined) return legacyOrder;
    return { first: textItems(legacy, "orderFirst"), last: textItems(legacy, "orderLast") };
  }
  if (legacy === undefined) return undefined;
  throw sortFailure(legacy.origin.place, {
    code: "kustomization/sort-options",
    message: "`legacySortOptions` has no effect on the order fifo.",
    help: "Remove it, or write `order: legacy`.",
    detail: "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
  });
}

function sortFailure(place: Place, words: Pick<Problem, "code" | "message" | "help" | "detail">): BuildFailure {
  return new BuildFailure({ severity: "error", place, ...words });
}

/** Gives the objects the annotations and the label of `buildMetadata`, and takes Kustomize's own notes away. */
export function withMetadata(resources: readonly Resource[], finish: Finish): readonly Resource[] {
  const wanted = new Set(textItems(finish.fields.node, "buildMetadata"));
  const node = getValue(finish.fields.node, "buildMetadata");
  const cause: Cause = {
    transformer: "buildMetadata",
    place: node?.origin.place ?? finish.place,
    path: "/buildMetadata",
  };
  const isManaged = finish.options.managedByLabel === true || wanted.has("managedByLabel");
  return resources.map((resource) => {
    const labelled = isManaged ? withManagedByLabel(resource.node, cause) : resource.node;
    const printed = withPrintedAnnotations(labelled, resource, wanted, cause);
    return printed === resource.node ? resource : { ...resource, node: printed };
  });
}

/** The Kustomize whose builds these are. */
export const kustomizeVersion = "5.8.1";

/** What the real program calls itself. */
const managedBy = `kustomize-v${kustomizeVersion}`;

function withManagedByLabel(node: Mapping, cause: Cause): Mapping {
  const value = { ...madeKey(managedBy, cause) };
  const pairs = [{ key: madeKey("app.kubernetes.io/managed-by", cause), value }];
  return setPairs(node, pairs, [{ path: "metadata/labels", create: true }], cause);
}

function withPrintedAnnotations(node: Mapping, resource: Resource, wanted: ReadonlySet<string>, cause: Cause): Mapping {
  const metadata = getValue(node, "metadata");
  if (metadata?.kind !== "mapping") return node;
  let cleaned = textualMap(metadata, "annotations");
  cleaned = cleanAnnotations(cleaned, wanted);
  const made: Entry[] = [];
  const add = (name: string, text: string): void => {
    made.push({ key: madeKey(name, cause), value: { ...madeKey(text, cause) } });
  };
  if (wanted.has("originAnnotations") && resource.buildOrigin !== undefined)
    add(originAnnotation, printOrigin(resource.buildOrigin));
  if (wanted.has("transformerAnnotations") && resource.transformations.length > 0) {
    add(transformationsAnnotation, printTransformations(resource.transformations));
  }
  if (made.length > 0) {
    const old = getValue(cleaned, "annotations");
    const annotations: Mapping =
      old?.kind === "mapping" ? old : { kind: "mapping", entries: [], origin: { place: cause.place, change: cause } };
    const names = new Set(made.map(({ key }) => key.text));
    const entries = [...annotations.entries.filter(({ key }) => !names.has(key.text)), ...made];
    cleaned = setEntry(cleaned, "annotations", { ...annotations, entries }, cause);
  }
  return cleaned === metadata ? node : setEntry(node, "metadata", cleaned, cause);
}

/** Without Kustomize's notes, and without annotations that only `buildMetadata` may print. */
function cleanAnnotations(metadata: Mapping, wanted: ReadonlySet<string>): Mapping {
  const annotations = getValue(metadata, "annotations");
  if (annotations?.kind !== "mapping") return metadata;
  const isDropped = (name: string): boolean =>
    buildAnnotations.has(name) ||
    (name === originAnnotation && !wanted.has("originAnnotations")) ||
    (name === transformationsAnnotation && !wanted.has("transformerAnnotations"));
  const entries = annotations.entries.filter(({ key }) => !isDropped(key.text));
  if (entries.length === annotations.entries.length) return metadata;
  if (entries.length === 0) return withoutKey(metadata, "annotations");
  return {
    ...metadata,
    entries: metadata.entries.map((entry) =>
      entry.key.text === "annotations" ? { key: entry.key, value: { ...annotations, entries } } : entry,
    ),
  };
}
