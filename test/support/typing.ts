import type { CompletionItem, Hover, TextEdit } from "vscode-languageserver-types";
import type { FeatureContext } from "../../server/src/analysis/feature";
import { createRuleTable } from "../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../server/src/analysis/settings";
import { completionFeature } from "../../server/src/features/completion";
import { hoverFeature } from "../../server/src/features/hover";
import { domains } from "../../server/src/lsp/domains";
import { findFacts } from "../../server/src/lsp/facts";
import { noObservations } from "../../server/src/observations/observations";
import { notCancelled } from "../../server/src/platform/cancellation";
import { createBuilds } from "../../server/src/render/builds";
import type { SchemaBundle } from "../../server/src/schema/bundle";
import { Workspace } from "../../server/src/workspace/workspace";
import { offsetAt, positionAt } from "../../server/src/yaml/source";
import { folder, parseFixture } from "./fixture";
import { memoryFileSystem } from "./memoryFileSystem";
import { schemaBundle } from "./schemaBundle";

/** Someone who types into one file of a workspace. Nothing is built or checked, so thousands of texts can be tried. */
export interface Typist {
  /** What is offered at an offset of a text. */
  complete(text: string, offset: number): Promise<readonly CompletionItem[]>;
  hover(text: string, offset: number): Promise<Hover | null>;
}

export interface TypistOptions {
  /** The editor knows no snippets. Default: true, so that what is chosen is the text that the file then has. */
  readonly plainText?: boolean;
  readonly bundle?: SchemaBundle;
}

/** Opens `path` of a fixture for typing. */
export async function openTypist(fixture: string, path: string, options: TypistOptions = {}): Promise<Typist> {
  const { plainText = true, bundle = schemaBundle } = options;
  const { files, directories } = parseFixture(fixture);
  const workspace = new Workspace({
    fileSystem: memoryFileSystem({ files, directories }),
    findFacts,
    schemas: { bundle },
  });
  await workspace.setFolders([folder]);
  const document = { kind: "source", path: `${folder}/${path}` } as const;
  const context = (text: string): FeatureContext => {
    if (workspace.snapshot.file(document.path)?.text !== text) workspace.setBuffer(document.path, text);
    return {
      snapshot: workspace.snapshot,
      document,
      domains,
      builds: createBuilds({ clock: { now: () => 0 } }),
      shownBuild: () => undefined,
      settings: defaultSettings,
      observations: noObservations,
      rules: createRuleTable([]),
      load: async () => workspace.snapshot,
      cancellation: notCancelled,
      plainText,
      findings: () => [],
      toUri: (of) => `file://${of}`,
      toRenderedUri: (of) => `gitops-rendered://${of}`,
      fromUri: () => undefined,
    };
  };
  const at = (text: string, offset: number) => ({
    textDocument: { uri: `file://${document.path}` },
    position: positionAt({ path: document.path, text }, offset),
  });
  return {
    complete: async (text, offset) => completionFeature.handle(at(text, offset), context(text)),
    hover: async (text, offset) => hoverFeature.handle(at(text, offset), context(text)),
  };
}

/** The text after an item was chosen. */
export function choose(text: string, { textEdit, additionalTextEdits = [] }: CompletionItem): string {
  const file = { path: "", text };
  let result = text;
  const edits = [...(textEdit === undefined ? [] : [textEdit as TextEdit]), ...additionalTextEdits];
  const places = edits.map(({ range, newText }) => ({
    start: offsetAt(file, range.start),
    end: offsetAt(file, range.end),
    newText,
  }));
  for (const { start, end, newText } of places.sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + newText + result.slice(end);
  }
  return result;
}
