import { type CompletionItem, MarkupKind } from "vscode-languageserver-types";
import type { Explained } from "../analysis/domain";
import type { Feature, FeatureContext } from "../analysis/feature";
import { describeOptions } from "../analysis/objectHover";
import { followSchema } from "../analysis/objectSchema";
import { describeKind, describeKindField } from "../schema/describeKind";

/** The item that someone looks at, with its documentation: descriptions are read no earlier than that. */
export const completionResolveFeature: Feature<CompletionItem, CompletionItem | null> = {
  method: "completionItem/resolve",
  capabilities: {},
  empty: null,
  handle(item, context) {
    if (!isData(item.data)) return item;
    const value = explain(item.data, context);
    return value === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
  },
};

/** What `completionItem/resolve` needs to find the documentation of an item. */
export interface CompletionData extends Explained {
  readonly file: string;
}

function explain({ apiVersion, kind, path, file }: CompletionData, context: FeatureContext): string | undefined {
  const { snapshot, settings } = context;
  const known = snapshot.schemas.find(apiVersion, kind, file);
  if (known === undefined) return undefined;
  const options = describeOptions(snapshot, settings);
  const name = path.at(-1);
  if (name === undefined) return describeKind(known, options);
  const identify = () => ({ apiVersion: undefined, kind: undefined });
  const { schema, parent } = followSchema({ known, identify }, path, snapshot.schemas);
  if (typeof name !== "string" || schema === undefined) return undefined;
  return describeKindField(known, { name, schema, required: parent?.required?.includes(name) ?? false }, options);
}

function isData(data: unknown): data is CompletionData {
  if (typeof data !== "object" || data === null) return false;
  const { apiVersion, kind, path, file } = data as Partial<Record<keyof CompletionData, unknown>>;
  return typeof apiVersion === "string" && typeof kind === "string" && Array.isArray(path) && typeof file === "string";
}
