import { type Cause, getValue, type Mapping, type Node } from "../../yaml/node";
import { asYaml11 } from "../../yaml/scalar";
import { decode } from "../decode";
import { BuildFailure } from "../failure";
import { type Field, flagField, mappingField, mappingItems, textField, textItems } from "../fields";
import { applyReplacement, type Replacement, type ReplacementTarget } from "../filters/replacement";
import type { FieldOptions } from "../filters/replacementValue";
import { requireJson } from "../jsonConfig";
import { replacementShape } from "../kustomizationShape";
import { type Layer, layerFile } from "../layer";
import { withNode } from "../resource";
import type { ResourceSet } from "../resourceSet";
import { scalarIn } from "./changes";
import { entryFailure, selectorFrom } from "./patches";
import { causeOf, type Transformer } from "./transformer";

/** The step for the field `replacements` of a kustomization. */
export function replacementSteps(layer: Layer): (() => Transformer)[] {
  const { fields } = layer.kustomization;
  const node = getValue(fields.node, "replacements");
  const entries = mappingItems(fields, "replacements");
  if (node === undefined || entries.length === 0) return [];
  return [() => replacementTransformer(layer, entries, causeOf("replacements", { node, path: "/replacements" }))];
}

/**
 * Copies values between objects (upstream: `ReplacementTransformer`). An entry is a replacement, or names a file of them.
 * @throws BuildFailure when an entry is both, or its file holds something else.
 */
export function replacementTransformer(layer: Layer, entries: readonly Field<Mapping>[], cause: Cause): Transformer {
  const { isClusterScoped } = layer.run.schema;
  const prepared = entries.flatMap((entry) =>
    replacementsOf(layer, entry).map((field) => {
      const at: Cause = { transformer: cause.transformer, place: field.node.origin.place, path: field.path };
      return { replacement: replacementFrom(field, at), at };
    }),
  );
  const apply = (set: ResourceSet): void => {
    let resources = set.resources;
    for (const { replacement, at } of prepared) {
      const among = resources;
      const nodes = applyReplacement(among, replacement, at, (target) =>
        layer.notice({ reason: "selectsNothing", cause: target, among }),
      );
      resources = resources.map((resource, i) => withNode(resource, nodes[i] ?? resource.node, isClusterScoped));
    }
    if (resources !== set.resources) set.replaceAll(resources);
  };
  return { kind: "ReplacementTransformer", apply };
}

function replacementsOf(layer: Layer, entry: Field<Mapping>): readonly Field<Mapping>[] {
  const path = scalarIn(entry.node, "path");
  if (path === undefined || path.text === "") return [entry];
  if (mappingField(entry.node, "source") !== undefined || mappingItems(entry, "targets").length > 0) {
    throw entryFailure(entry, "replacement-twice", {
      message: "A replacement is written here, or in the file of a `path`, not both.",
      help: "Remove one of the two.",
      detail: "cannot specify both path and inline replacement",
    });
  }
  const { place } = path.origin;
  const file = layerFile(layer, path.text, place);
  const document = layer.run.documents.of(file).find(({ root, problems }) => root !== undefined || problems.length > 0);
  const [broken] = document?.problems ?? [];
  if (broken !== undefined) {
    const { code, message, help, start, end, detail = message } = broken;
    throw new BuildFailure({ code, message, help, detail, severity: "error", place: { file, start, end } });
  }
  const root = document?.root === undefined ? undefined : asYaml11(document.root);
  if (root !== undefined) requireJson(root);
  if (root?.kind === "sequence") return root.items.map((item, i) => decoded(item, `/${i}`));
  if (root?.kind === "mapping") return [decoded(root, "")];
  throw new BuildFailure({
    code: "kustomization/replacement-file",
    severity: "error",
    place,
    message: `\`${path.text}\` holds no replacement.`,
    help: "Write one replacement in it, or a list of them.",
    detail: "unsupported replacement type encountered within replacement path",
  });
}

function decoded(node: Node, path: string): Field<Mapping> {
  const { value, problems } = decode(node, replacementShape, {
    unknownFields: "ignore",
    lenientStrings: "sigs",
    what: "replacement",
  });
  const [broken] = problems;
  if (broken !== undefined) throw new BuildFailure(broken);
  return { node: value, path };
}

function replacementFrom(field: Field<Mapping>, cause: Cause): Replacement {
  const source = mappingField(field.node, "source");
  const hasTargets = getValue(field.node, "targets") !== undefined;
  return {
    source:
      source === undefined
        ? undefined
        : {
            group: textField(source, "group"),
            version: textField(source, "version"),
            kind: textField(source, "kind"),
            name: textField(source, "name"),
            namespace: textField(source, "namespace"),
            fieldPath: textField(source, "fieldPath"),
            options: optionsFrom(source),
            cause: { ...cause, place: source.origin.place, path: `${field.path}/source` },
          },
    sourceValue: scalarIn(field.node, "sourceValue"),
    targets: hasTargets ? mappingItems(field, "targets").map((target) => targetFrom(target, cause)) : undefined,
  };
}

function targetFrom(target: Field<Mapping>, cause: Cause): ReplacementTarget {
  const select = mappingField(target.node, "select");
  return {
    select: select === undefined ? undefined : selectorFrom(select),
    reject: mappingItems(target, "reject").map(({ node }) => selectorFrom(node)),
    fieldPaths: textItems(target.node, "fieldPaths"),
    options: optionsFrom(target.node),
    cause: { ...cause, place: target.node.origin.place, path: target.path },
  };
}

function optionsFrom(holder: Mapping): FieldOptions | undefined {
  const options = mappingField(holder, "options");
  if (options === undefined) return undefined;
  return {
    delimiter: textField(options, "delimiter"),
    index: Number(textField(options, "index")),
    create: flagField(options, "create"),
  };
}
