import type { Cause } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { BuildFailure } from "../failure";
import { type JsonPatchOperation, parseJsonPatch } from "../merge/jsonPatchOperation";
import type { PatchText } from "./patchText";

/**
 * Reads JSON patch operations. A text that begins with `[` must be JSON, any other is YAML; only its first document counts.
 * @throws BuildFailure when the text holds no list of operations.
 */
export function readOperations(patch: PatchText, cause: Cause): readonly JsonPatchOperation[] {
  const isJson = patch.text.startsWith("[");
  const document = patch.documents.find(({ root, problems }) => root !== undefined || problems.length > 0);
  const [broken] = document?.problems ?? [];
  if (broken !== undefined && document !== undefined) {
    const { start, end, code, message, help } = broken;
    throw failure({ file: document.file, start, end }, { code, message, help, detail: broken.detail ?? message });
  }
  if (patch.text === "") throw noOperations(cause.place, "empty json patch operations");
  if (isJson) demandJson(patch.text, document?.root?.origin.place ?? cause.place);
  const parsed = parseJsonPatch(document?.root, isJson);
  if ("operations" in parsed) return parsed.operations;
  throw noOperations(parsed.at?.origin.place ?? cause.place, parsed.error);
}

/** @throws BuildFailure at `place` when there are no operations. */
export function demandOperations(operations: readonly JsonPatchOperation[], place: Place): void {
  if (operations.length > 0) return;
  throw failure(place, {
    code: "kustomization/patch-empty",
    message: "This patch holds no operations.",
    help: "Write at least one operation, or remove the patch.",
    detail: "patch appears to be empty",
  });
}

function demandJson(text: string, place: Place): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw failure(place, {
      code: "kustomization/patch-no-json",
      message: "A patch that begins with `[` must be JSON.",
      help: "Put all names and strings in double quotes, or write the operations as a YAML list with `-`.",
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

function noOperations(place: Place, detail: string): BuildFailure {
  return failure(place, {
    statement: place,
    code: "kustomization/patch-no-operations",
    message: "JSON patch operations are a list of mappings with `op` and `path`.",
    help: "Write `- op: replace`, `path: /…` and so on.",
    detail,
  });
}

type Words = Pick<BuildFailure["problem"], "code" | "message" | "help" | "detail" | "statement">;

function failure(place: Place, words: Words): BuildFailure {
  return new BuildFailure({ severity: "error", place, ...words });
}
