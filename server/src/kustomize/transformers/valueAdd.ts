import { type Cause, getValue, type Mapping, type Scalar } from "../../yaml/node";
import { asYaml11 } from "../../yaml/scalar";
import { decode } from "../decode";
import { BuildFailure } from "../failure";
import { type Field, mappingField, mappingItems, textField } from "../fields";
import { baseName } from "../filePath";
import { setNamespace } from "../filters/namespace";
import { addValue } from "../filters/valueAdd";
import { valueAddTargetsShape } from "../kustomizationShape";
import { type Layer, layerFile } from "../layer";
import { withNode } from "../resource";
import { type CompiledSelector, compileSelector, selects } from "../selector";
import { scalarIn } from "./changes";
import { selectorFrom } from "./patches";
import { changeAll, type Transformer } from "./transformer";

interface Target {
  readonly selector: CompiledSelector | undefined;
  readonly fieldPath: string;
  readonly filePathPosition: number;
}

/**
 * Puts one value into fields of many objects (upstream: `ValueAddTransformer`, which has no field of its own in a
 * kustomization). Without a value it takes the name of the kustomization's directory.
 *
 * @throws BuildFailure when there is no target, or one without a path.
 */
export function valueAddTransformer(layer: Layer, fields: Field<Mapping>, cause: Cause): Transformer {
  const written = scalarIn(fields.node, "value");
  const text = written?.text.trim() || baseName(layer.root.path);
  const value: Scalar = {
    kind: "scalar",
    text,
    tag: "str",
    style: "plain",
    origin: { place: written?.origin.place ?? cause.place },
  };
  const items = [...mappingItems(fields, "targets"), ...targetsInFile(layer, fields)];
  if (items.length === 0) {
    throw configFailure(cause, "This plugin has no target.", "must specify at least one target");
  }
  const targets = items.map((item) => targetFrom(item.node, cause));
  const { isClusterScoped } = layer.run.schema;
  const put = (node: Mapping, { fieldPath, filePathPosition }: Target): Mapping =>
    fieldPath === "metadata/namespace"
      ? setNamespace(node, { namespace: value, specs: [], isClusterScoped }, cause)
      : addValue(node, { value: text, fieldPath, filePathPosition }, cause);
  return {
    kind: "ValueAddTransformer",
    apply: (set) => {
      for (const target of targets) {
        changeAll(set, (resource) =>
          target.selector === undefined || selects(target.selector, resource)
            ? withNode(resource, put(resource.node, target), isClusterScoped)
            : resource,
        );
      }
    },
  };
}

function targetsInFile(layer: Layer, fields: Field<Mapping>): readonly Field<Mapping>[] {
  const path = scalarIn(fields.node, "targetFilePath");
  if (path === undefined || path.text === "") return [];
  const file = layerFile(layer, path.text, path.origin.place);
  const root = layer.run.documents.of(file).find((document) => document.root !== undefined)?.root;
  if (root === undefined) return [];
  const options = { unknownFields: "ignore", lenientStrings: "sigs", what: "list of targets" } as const;
  const { value, problems } = decode(asYaml11(root), valueAddTargetsShape, options);
  const [broken] = problems;
  if (broken !== undefined) throw new BuildFailure(broken);
  return mappingItems({ node: value, path: "" }, "targets");
}

function targetFrom(target: Mapping, cause: Cause): Target {
  const fieldPath = textField(target, "fieldPath");
  if (fieldPath === "") throw configFailure(cause, "A target has no `fieldPath`.", "fieldPath cannot be empty");
  const filePathPosition = Number(textField(target, "filePathPosition"));
  if (filePathPosition < 0) {
    const place = getValue(target, "filePathPosition")?.origin.place ?? cause.place;
    const detail = `value of FilePathPosition (${filePathPosition}) cannot be negative`;
    throw configFailure({ ...cause, place }, "Positions in a path are counted from 1.", detail);
  }
  const selector = mappingField(target, "selector");
  return {
    selector: selector === undefined ? undefined : compileSelector(selectorFrom(selector), cause),
    fieldPath,
    filePathPosition,
  };
}

function configFailure({ place }: Cause, message: string, detail: string): BuildFailure {
  const help = "Correct the configuration of the plugin.";
  return new BuildFailure({ code: "kustomization/plugin-config", severity: "error", place, message, help, detail });
}
