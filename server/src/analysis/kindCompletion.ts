import type { KnownKind } from "../schema/schemaSource";
import type { Schemas } from "../schema/schemas";
import type { OutlineNode } from "../yaml/outline";
import { lineStart } from "../yaml/textEdit";
import type { CompletionEntry } from "./domain";
import type { SchemaRequest } from "./schemaCompletion";
import { SnippetWriter } from "./snippet";

/** The values of `apiVersion`: those of the kind that stands there, else every pair of apiVersion and kind. */
export function completeApiVersion(
  object: OutlineNode | undefined,
  schemas: Schemas,
  request: SchemaRequest,
): readonly CompletionEntry[] {
  const kinds = [...schemas.kinds()];
  const kind = object?.entries.get("kind");
  const entry = (known: KnownKind, label: string, text: string): CompletionEntry => ({
    ...valueEntry(label, text, request),
    deprecated: known.lifecycle !== undefined,
    sortText: `${rankOf(known)}${label}`,
  });
  if (kind === undefined && !request.position.flow) {
    const indent = " ".repeat(keyColumn(request));
    return kinds.filter(isUsable).map((known) => ({
      ...entry(known, `${known.apiVersion} ${known.kind}`, `${known.apiVersion}\n${indent}kind: ${known.kind}`),
      explain: { apiVersion: known.apiVersion, kind: known.kind, path: [] },
    }));
  }
  const ofKind = kinds.filter((known) => known.kind === kind?.text);
  const found = new Map((kind?.text && ofKind.length > 0 ? ofKind : kinds).map((known) => [known.apiVersion, known]));
  return [...found.values()].map((known) => ({
    ...entry(known, known.apiVersion, known.apiVersion),
    ...(ofKind.length > 0 && { explain: { apiVersion: known.apiVersion, kind: known.kind, path: [] } }),
  }));
}

/** The values of `kind`: those of the apiVersion that stands there, else all, with the apiVersion that each needs. */
export function completeKind(
  object: OutlineNode | undefined,
  schemas: Schemas,
  request: SchemaRequest,
): readonly CompletionEntry[] {
  const apiVersion = object?.entries.get("apiVersion");
  const kinds = [...schemas.kinds()];
  const ofVersion = kinds.filter((known) => known.apiVersion === apiVersion?.text);
  if (apiVersion?.text && ofVersion.length === 0) return [];
  const offered = ofVersion.length > 0 ? ofVersion : kinds.filter(isUsable);
  const add = apiVersion === undefined && !request.position.flow;
  const at = lineStart(request.file.text, request.position.word.start) + keyColumn(request);
  return offered.map((known) => ({
    ...valueEntry(known.kind, known.kind, request),
    group: known.apiVersion,
    deprecated: known.lifecycle !== undefined,
    sortText: `${rankOf(known)}${known.kind}`,
    explain: { apiVersion: known.apiVersion, kind: known.kind, path: [] },
    ...(add && {
      also: [{ start: at, end: at, text: `apiVersion: ${known.apiVersion}\n${" ".repeat(keyColumn(request))}` }],
    }),
  }));
}

/** Whole objects for a document in which nothing stands yet, with all that their kinds demand. */
export function completeObjects(schemas: Schemas, request: SchemaRequest): readonly CompletionEntry[] {
  const { file, position, indented } = request;
  if (position.column !== 0 || position.flow) return [];
  const entries: CompletionEntry[] = [];
  for (const known of schemas.kinds()) {
    const { apiVersion, kind, schema } = known;
    if (schema === undefined || !isUsable(known)) continue;
    entries.push({
      label: kind,
      group: apiVersion,
      kind: "snippet",
      insert: {
        place: { file, ...position.word },
        text: new SnippetWriter({ indented, patch: false }).object(apiVersion, kind, schema),
        snippet: true,
      },
      sortText: `3${rankOf(known)}${kind}`,
      explain: { apiVersion, kind, path: [] },
    });
  }
  return entries;
}

/** Whether new objects of a kind should be written. */
function isUsable({ lifecycle, apiVersion }: KnownKind): boolean {
  return lifecycle === undefined && !apiVersion.startsWith("kustomize.config.k8s.io/") && apiVersion !== "builtin";
}

/** Kinds of the workspace and of Kubernetes come first, stable versions before others. */
function rankOf({ apiVersion, from, lifecycle }: KnownKind): string {
  if (lifecycle !== undefined) return "9";
  const isOwn = from.source !== "bundle" || !apiVersion.replace(/\/.*/, "").includes(".");
  const unstable = /alpha/.test(apiVersion) ? 2 : /beta/.test(apiVersion) ? 1 : 0;
  return String(2 + (isOwn ? 0 : 3) + unstable);
}

function valueEntry(label: string, text: string, { file, position }: SchemaRequest): CompletionEntry {
  const place = { file, ...position.word };
  return { label, kind: "value", insert: { place, text: `${position.needsSpace ? " " : ""}${text}` } };
}

/** The column of the key on whose line the value is written. */
function keyColumn({ file, position }: SchemaRequest): number {
  const start = lineStart(file.text, position.word.start);
  return /^[\s-]*/.exec(file.text.slice(start, position.word.start))?.[0].length ?? 0;
}
