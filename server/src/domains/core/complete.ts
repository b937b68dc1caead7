import type { CompletionEntry, CursorContext } from "../../analysis/domain";
import { isInChart } from "../../analysis/manifests";
import { completeObject } from "../../analysis/objectCompletion";
import { indentsSequences } from "../../analysis/schemaCompletion";
import { baseName } from "../../platform/path";
import type { Snapshot } from "../../workspace/snapshot";
import type { SourceDocument } from "../../yaml/document";
import { findWritePosition } from "../../yaml/writePosition";

/** Fields, values, kinds and whole objects. Works on indentation alone, so the document may be half-typed. */
export function completeCore({ snapshot, file, offset }: CursorContext): readonly CompletionEntry[] {
  const position = findWritePosition(file, offset);
  if (position === undefined) return [];
  const patch = isPatchFile(snapshot, file.path);
  const indented = indentsSequences(file.text);
  return completeObject({ snapshot, file, position, offset, indented, patch });
}

/** Whether someone may be writing an object here: no other tool's file, and no template. */
export function mayBecomeObject({ file, start, end }: SourceDocument, snapshot: Snapshot): boolean {
  const { path, text } = file;
  if (/^(?:kustomization\.ya?ml|Kustomization)$/.test(baseName(path))) {
    return /^apiVersion: *["']?kustomize\.toolkit\.fluxcd\.io\//m.test(text);
  }
  if (foreignFile.test(path) || isTemplateText(text.slice(start, end))) return false;
  return !isInChart(snapshot, path);
}

/** Files that other tools own by their names. */
const foreignFile =
  /\/(?:Chart|values[^/]*|(?:docker-)?compose[^/]*|mkdocs|pnpm-[^/]*|\.[^/]*)\.ya?ml$|\/\.(?:github|circleci|gitlab)\//;

/** Marks of Helm, Jinja, ERB and ytt that no half-typed object has. */
function isTemplateText(text: string): boolean {
  return /^[ \t]*(?:-[ \t]+)?(?:\{\{|\{%|<%|#@[ \t])|:[ \t]+\{\{|\{\{-? *(?:\.(?:Values|Release|Chart|Capabilities)\b|include ")/m.test(
    text,
  );
}

function isPatchFile(snapshot: Snapshot, path: string): boolean {
  return snapshot.graph.referencesTo(path).some(({ field }) => /^patches(?:StrategicMerge)?$/.test(field));
}
