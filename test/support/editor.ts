import type { FeatureContext, RequestedDocument } from "../../server/src/analysis/feature";
import type { Finding } from "../../server/src/analysis/finding";
import { createRuleTable } from "../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../server/src/analysis/settings";
import { domains } from "../../server/src/lsp/domains";
import type { AnyFeature } from "../../server/src/lsp/features";
import { notCancelled } from "../../server/src/platform/cancellation";
import { createBuilds } from "../../server/src/render/builds";
import type { Snapshot } from "../../server/src/workspace/snapshot";
import { positionAt } from "../../server/src/yaml/source";
import { type Fixture, parseFixture } from "./fixture";
import { inspect } from "./inspect";

/** A fixture opened in an editor without a window. */
export interface Editor {
  readonly fixture: Fixture;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  /** Asks a feature about a document, with what its request needs besides. */
  ask<Result>(feature: AnyFeature, document: RequestedDocument, parameters?: object): Promise<Result>;
  /** Asks a feature at the fixture's cursor. */
  askAtCursor<Result>(feature: AnyFeature, parameters?: object): Promise<Result>;
}

/** Opens a fixture. URIs of its files are `file://` and their paths. `more` is what features find there besides, or in the place of what is usual. */
export async function openEditor(text: string, more: Partial<FeatureContext> = {}): Promise<Editor> {
  const fixture = parseFixture(text);
  const { snapshot, observations, findings } = await inspect(fixture);
  const builds = createBuilds({ clock: { now: () => 0 } });
  const ask = async <Result>(
    feature: AnyFeature,
    document: RequestedDocument,
    parameters: object = {},
  ): Promise<Result> => {
    const path = document.kind === "source" ? document.path : document.root;
    const context: FeatureContext = {
      snapshot,
      document,
      domains,
      builds,
      shownBuild: (root) => builds.build(root, snapshot),
      settings: defaultSettings,
      observations,
      rules: createRuleTable(domains),
      load: async () => snapshot,
      cancellation: notCancelled,
      findings: (of) => findings.filter(({ place }) => place.file.path === of),
      toUri: (of) => `file://${of}`,
      toRenderedUri: (root) => `gitops-rendered://${root}`,
      fromUri: () => document,
      ...more,
    };
    return (await feature.handle({ textDocument: { uri: `file://${path}` }, ...parameters }, context)) as Result;
  };
  return {
    fixture,
    snapshot,
    findings,
    ask,
    askAtCursor(feature, parameters = {}) {
      const { cursor } = fixture;
      const file = cursor && snapshot.file(cursor.path);
      if (cursor === undefined || file === undefined) throw new Error("The fixture has no cursor.");
      const position = positionAt(file, cursor.offset);
      return ask(feature, { kind: "source", path: cursor.path }, { position, ...parameters });
    },
  };
}
