import { useOf } from "../../../analysis/fileUse";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { BuildContext, Hit, Rule } from "../../../analysis/rule";
import { isKustomizationName } from "../../../kubernetes/kustomizationFileNames";
import { baseName } from "../../../platform/path";
import type { Schema } from "../../../schema/schema";
import { validate } from "../../../schema/validate";
import type { Violation } from "../../../schema/violation";
import { getValue, type Mapping, textOf } from "../../../yaml/node";
import { isWhole } from "../builtObjects";
import { isBuiltIn } from "./schemaRule";

/** An object that lacks a field even after all patches. */
export const incompleteObject: Rule = {
  code: "schema/incomplete-object",
  severity: "error",
  scope: "build",
  *check(context): Iterable<Hit> {
    if (!isWhole(context)) return;
    const patched = new Map<string, boolean>();
    for (const { node } of context.result.resources) {
      if (!isPatched(node, context, patched)) continue;
      for (const { place, message, help } of missingFields(node, context)) {
        // What a kustomization makes has no better place.
        if (!isKustomizationName(baseName(place.file.path))) {
          yield { place, message: `${message} No patch of the build adds it.`, help };
        }
      }
    }
  },
  docs: {
    summary: "An object lacks a field that its kind demands, and no patch adds it.",
    explanation:
      "A base may leave fields to its overlays, so the rendered object is looked at. The API server refuses it. Only kinds of Kubernetes itself are judged.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: web}\n    spec: {hostNetwork: true}\n#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  restartPolicy: Never\n",
    good: "#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: web}\n    spec: {containers: [{name: web, image: 'web:1.2'}]}\n#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  restartPolicy: Never\n",
  },
};

/** Whether the file of an object is one of those that patches complete; the others are judged as they are written. */
function isPatched({ origin }: Mapping, { snapshot }: BuildContext, known: Map<string, boolean>): boolean {
  const { path } = origin.place.file;
  let patched = known.get(path);
  if (patched === undefined) {
    patched = useOf(snapshot, path, undefined).deployed === "changed";
    known.set(path, patched);
  }
  return patched;
}

const remembered = new WeakMap<Mapping, { readonly schema: Schema; readonly violations: readonly Violation[] }>();

function missingFields(node: Mapping, { snapshot }: BuildContext): readonly Violation[] {
  const apiVersion = textOf(getValue(node, "apiVersion")) ?? "";
  const kind = snapshot.schemas.find(apiVersion, textOf(getValue(node, "kind")) ?? "");
  const schema = kind?.schema;
  if (schema === undefined || !isBuiltIn(kind)) return [];
  let known = remembered.get(node);
  if (known?.schema !== schema) {
    const violations = validate(node, schema, { isPlaceholder }).filter((each) => each.kind === "missing-field");
    known = { schema, violations };
    remembered.set(node, known);
  }
  return known.violations;
}
