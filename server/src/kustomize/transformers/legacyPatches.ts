import type { Cause, Mapping, Scalar } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { BuildFailure } from "../failure";
import { type Field, mappingField, textField } from "../fields";
import type { Layer } from "../layer";
import { ResourceSet } from "../resourceSet";
import { compileSelector, selects } from "../selector";
import { applyOperations } from "./applyPatch";
import { applyToNamed, entryFailure, noticeIdle, type PatchContext, selectorFrom } from "./patches";
import { demandOperations, readOperations } from "./patchOperations";
import { inlinePatch, type PatchText, patchFile } from "./patchText";
import type { Transformer } from "./transformer";

/**
 * The step for `patchesStrategicMerge` (upstream: `PatchStrategicMergeTransformer`). Each entry is a patch, or the name of
 * a file of patches; the configuration of the plugin may have patches of its own besides.
 *
 * @throws BuildFailure when an entry is neither, or when there is nothing at all.
 */
export function strategicMergeTransformer(
  layer: Layer,
  entries: readonly Field<Scalar>[],
  cause: Cause,
  inline?: Scalar,
): Transformer {
  if (entries.length === 0 && (inline === undefined || inline.text === "")) {
    throw noPatches(cause, "empty file path and empty patch content");
  }
  const loaded = entries.map(({ node, path }) => ({ text: patchOrFile(layer, node), path }));
  if (inline !== undefined && inline.text !== "")
    loaded.push({ text: wholePatch(inlinePatch(layer, inline)), path: "" });
  if (loaded.every(({ text }) => text.read.objects.length === 0)) throw noPatches(cause, "patch appears to be empty");
  return {
    kind: "PatchStrategicMergeTransformer",
    apply: (set, memo) => {
      const changed = new ResourceSet(set.resources);
      for (const { text, path } of loaded) {
        const at: Cause = { ...cause, place: text.place, path };
        const isOnly = text.read.objects.length === 1;
        const context: PatchContext = { layer, cause: at, place: text.place, allowances: none, isOnly, memo };
        for (const patch of text.read.objects) applyToNamed(changed, context, patch, true);
      }
      set.replaceAll(changed.resources);
    },
  };
}

const none = { allowNameChange: false, allowKindChange: false };

function patchOrFile(layer: Layer, entry: Scalar): PatchText {
  const inline = inlinePatch(layer, entry);
  if (inline.read.problems.length === 0) return inline;
  const looksInline = entry.text.includes("\n") || entry.text.includes(": ");
  return wholePatch(looksInline ? inline : patchFile(layer, entry));
}

function wholePatch(text: PatchText): PatchText {
  const [broken] = text.read.problems;
  if (broken !== undefined) throw new BuildFailure(broken);
  return text;
}

function noPatches({ place }: Cause, detail: string): BuildFailure {
  return new BuildFailure({
    code: "kustomization/patch-empty",
    severity: "error",
    place,
    message: "There is no patch here.",
    help: "Name a file of patches, or write one.",
    detail,
  });
}

/**
 * The step for one entry of `patchesJson6902` (upstream: `PatchJson6902Transformer`). `inlineField` is the name of the field
 * for operations written inline: `patch` in a kustomization, `jsonOp` in the configuration of the plugin.
 *
 * @throws BuildFailure when the entry is incomplete or its content is no list of operations.
 */
export function json6902Transformer(
  layer: Layer,
  entry: Field<Mapping>,
  inlineField: "patch" | "jsonOp",
  cause: Cause,
): Transformer {
  const target = mappingField(entry.node, "target");
  if (target === undefined || textField(target, "name") === "") {
    throw entryFailure(entry, "patch-without-target", {
      message: "This patch does not name its target.",
      help: "Add a `target` with kind and name.",
      detail: "must specify the target name",
    });
  }
  const text = operationsText(layer, entry, inlineField);
  const operations = readOperations(text, { ...cause, place: text.place });
  demandOperations(operations, text.place);
  const selector = compileSelector(selectorFrom(target), { ...cause, place: target.origin.place });
  const { schema } = layer.run;
  return {
    kind: "PatchJson6902Transformer",
    apply: (set) => {
      if (!set.resources.some((resource) => selects(selector, resource))) {
        noticeIdle({ layer, cause }, "selectsNothing", set.resources);
      }
      set.replaceAll(
        set.resources.map((resource) =>
          selects(selector, resource) ? applyOperations(resource, operations, schema, cause) : resource,
        ),
      );
    },
  };
}

function operationsText(layer: Layer, entry: Field<Mapping>, inlineField: string): PatchText {
  const patch = getValue(entry.node, inlineField);
  const path = getValue(entry.node, "path");
  const isInline = patch?.kind === "scalar" && patch.text !== "";
  const isFile = path?.kind === "scalar" && path.text !== "";
  if (isInline && isFile) {
    throw entryFailure(entry, "patch-twice", {
      message: `A patch has either a \`path\` or a \`${inlineField}\`, not both.`,
      help: "Remove one of the two.",
      detail: "must specify a file path or jsonOp, not both",
    });
  }
  if (isInline) return inlinePatch(layer, patch);
  if (isFile) return patchFile(layer, path);
  throw entryFailure(entry, "patch-empty", {
    message: `This patch has neither a \`path\` nor a \`${inlineField}\`.`,
    help: `Name a file under \`path\`, or write the operations under \`${inlineField}\`.`,
    detail: "empty file path and empty jsonOp",
  });
}
