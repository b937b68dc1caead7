import { joinPath, parentPath } from "../../platform/path";
import type { Snapshot } from "../../workspace/snapshot";
import type { SourceDocument } from "../../yaml/document";
import { appendItem, insertEntry, removeAt, renameKey, setValue } from "../../yaml/edit";
import { fragmentOf, moveItems, toEditValue } from "../../yaml/moveValue";
import { getIn, getValue, type Node, textOf } from "../../yaml/node";
import type { RewriteStep } from "../../yaml/rewrite";
import type { EditValue } from "../../yaml/writeValue";
import { kindOf } from "./kustomizationFiles";

/** The deprecated fields that can be replaced, in the order in which `kustomize edit fix` does it. */
export const modernized = [
  "bases",
  "imageTags",
  "env",
  "helmChartInflationGenerator",
  "patchesJson6902",
  "patchesStrategicMerge",
  "commonLabels",
] as const;

export type DeprecatedField = (typeof modernized)[number];

/**
 * The steps that replace one deprecated field by what took its place. Together they give the same kustomization, as a value,
 * as `kustomize edit fix` (upstream: `FixKustomization`, `FixKustomizationPreMarshalling` in `api/types`).
 */
export function modernize(
  document: SourceDocument,
  field: DeprecatedField,
  snapshot: Snapshot,
): readonly RewriteStep[] {
  switch (field) {
    case "bases":
      return moveItems("bases", "resources");
    case "imageTags":
      return moveItems("imageTags", "images");
    case "patchesJson6902":
      return moveItems("patchesJson6902", "patches");
    case "patchesStrategicMerge":
      return [...patchItems(document, snapshot), ...moveItems("patchesStrategicMerge", "patches")];
    case "commonLabels":
      return [
        commonLabels,
        (after) => (hasCommonLabelsAsList(after) ? renameKey(after, ["commonLabels"], "labels") : []),
      ];
    case "env":
      return ["configMapGenerator", "secretGenerator"].flatMap((name) => envs(document, name));
    case "helmChartInflationGenerator":
      return helmCharts(document);
  }
}

/** Adds `apiVersion` and `kind` where they are missing. */
export const typeMeta: readonly RewriteStep[] = [
  (document) => {
    if (getValue(document.root, "kind") !== undefined) return [];
    const at = getValue(document.root, "apiVersion") === undefined ? 0 : 1;
    return insertEntry(document, [], { key: "kind", value: "Kustomization", at });
  },
  (document) => {
    if (getValue(document.root, "apiVersion") !== undefined) return [];
    const version = kindOf(document.root) === "Component" ? "v1alpha1" : "v1beta1";
    return insertEntry(document, [], { key: "apiVersion", value: `kustomize.config.k8s.io/${version}`, at: 0 });
  },
];

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "sequence" ? node.items : [];
}

/** Each patch becomes `path` when it names a file, else `patch`. */
function patchItems(document: SourceDocument, snapshot: Snapshot): readonly RewriteStep[] {
  const directory = parentPath(document.file.path);
  return itemsOf(getValue(document.root, "patchesStrategicMerge")).map((item, i): RewriteStep => {
    const text = textOf(item);
    if (text === undefined) return () => undefined;
    const isFile = text !== "" && (!text.includes("\n") || snapshot.lookUp(joinPath(directory, text)).kind === "file");
    const key = isFile && !/^[[{]|: /.test(text) ? "path" : "patch";
    return (current) => {
      const path = ["patchesStrategicMerge", i];
      const written = fragmentOf(current, path);
      return written === undefined ? undefined : setValue(current, path, new Map([[key, written]]));
    };
  });
}

/** Makes the labels an entry of `labels`; gives up when a label stands in both. */
function commonLabels(document: SourceDocument) {
  const labels = getValue(document.root, "commonLabels");
  if (labels === undefined) return [];
  if (labels.kind !== "mapping")
    return labels.kind === "scalar" && labels.tag === "null" ? removeAt(document, ["commonLabels"]) : undefined;
  if (labels.entries.length === 0) return removeAt(document, ["commonLabels"]);
  const present = getValue(document.root, "labels");
  const taken = itemsOf(present).flatMap((item) => {
    const pairs = getValue(item, "pairs");
    return pairs?.kind === "mapping" ? pairs.entries.map(({ key }) => key.text) : [];
  });
  if (labels.entries.some(({ key }) => taken.includes(key.text))) return undefined;
  const inPlace = present === undefined;
  const written = fragmentOf(document, ["commonLabels"], inPlace ? "inside" : "all");
  const pairs = written?.layout === "mapping" ? written : toEditValue(labels);
  const entry = (value: EditValue): EditValue =>
    new Map<string, EditValue>([
      ["includeSelectors", true],
      ["pairs", value],
    ]);
  if (inPlace) return setValue(document, ["commonLabels"], [entry(pairs)]);
  const added =
    appendItem(document, ["labels"], entry(pairs)) ?? appendItem(document, ["labels"], entry(toEditValue(labels)));
  const removed = removeAt(document, ["commonLabels"]);
  return added === undefined || removed === undefined ? undefined : [...added, ...removed];
}

function hasCommonLabelsAsList(document: SourceDocument): boolean {
  return getValue(document.root, "commonLabels")?.kind === "sequence";
}

/** `env` becomes the last item of `envs`. */
function envs(document: SourceDocument, generator: string): readonly RewriteStep[] {
  return itemsOf(getValue(document.root, generator)).flatMap((item, i): RewriteStep[] => {
    if (getValue(item, "env") === undefined) return [];
    const path = [generator, i];
    return [
      (current) => {
        const written = fragmentOf(current, [...path, "env"]);
        if (written === undefined || textOf(getIn(current.root, [...path, "env"])) === "") return [];
        const target = getIn(current.root, [...path, "envs"]);
        return target === undefined
          ? setValue(current, [...path, "env"], [written])
          : appendItem(current, [...path, "envs"], written);
      },
      (current) =>
        getIn(current.root, [...path, "env"])?.kind === "sequence"
          ? renameKey(current, [...path, "env"], "envs")
          : removeAt(current, [...path, "env"]),
    ];
  });
}

const chartFields: ReadonlyMap<string, string | undefined> = new Map([
  ["chartName", "name"],
  ["chartVersion", "version"],
  ["chartRepoUrl", "repo"],
  ["values", "valuesFile"],
  ["valuesLocal", "valuesInline"],
  ["chartHome", undefined],
  ["helmHome", undefined],
  ["chartRepoName", undefined],
  ["helmBin", undefined],
  ["releaseNamespace", undefined],
  ["extraArgs", undefined],
]);

/** Renames the fields of each chart, moves the directories to `helmGlobals`, and drops what has no effect. */
function helmCharts(document: SourceDocument): readonly RewriteStep[] {
  const from = "helmChartInflationGenerator";
  const charts = itemsOf(getValue(document.root, from));
  const last = (name: string) =>
    charts.map((chart) => textOf(getValue(chart, name)) ?? "").findLast((text) => text !== "");
  const globals = new Map<string, EditValue>();
  const home = last("chartHome");
  const configuration = last("helmHome");
  if (home !== undefined) globals.set("chartHome", home);
  if (configuration !== undefined) globals.set("configHome", configuration);
  const fields = charts.flatMap((chart, i) =>
    (chart.kind === "mapping" ? chart.entries : []).flatMap(({ key }): RewriteStep[] => {
      if (!chartFields.has(key.text)) return [];
      const name = chartFields.get(key.text);
      const path = [from, i, key.text];
      return [(current) => (name === undefined ? removeAt(current, path) : renameKey(current, path, name))];
    }),
  );
  const addGlobals: RewriteStep = (current) =>
    globals.size === 0 || getValue(current.root, "helmGlobals") !== undefined
      ? []
      : insertEntry(current, [], { key: "helmGlobals", value: globals });
  return [...fields, ...moveItems(from, "helmCharts"), addGlobals];
}
