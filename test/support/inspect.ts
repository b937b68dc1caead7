import type { Domain } from "../../server/src/analysis/domain";
import type { Finding } from "../../server/src/analysis/finding";
import { createInspector } from "../../server/src/analysis/inspector";
import { withRepositorySettings } from "../../server/src/analysis/repositorySettings";
import { createRuleTable } from "../../server/src/analysis/ruleTable";
import { noSettings } from "../../server/src/analysis/settings";
import { domains as allDomains } from "../../server/src/lsp/domains";
import { findFacts } from "../../server/src/lsp/facts";
import type { Observations } from "../../server/src/observations/observations";
import { notCancelled } from "../../server/src/platform/cancellation";
import { createBuilds } from "../../server/src/render/builds";
import { loadBuild } from "../../server/src/render/loadBuild";
import type { Snapshot } from "../../server/src/workspace/snapshot";
import { Workspace } from "../../server/src/workspace/workspace";
import { type Fixture, folder } from "./fixture";
import { memoryFileSystem } from "./memoryFileSystem";
import { observeOutside } from "./observeOutside";
import { schemaBundle } from "./schemaBundle";

/** What is known of a fixture. */
export interface Inspection {
  readonly snapshot: Snapshot;
  readonly observations: Observations;
  readonly findings: readonly Finding[];
}

/** Opens the files of a fixture as a workspace and finds everything that is wrong with it, as the product does. */
export async function inspect(
  fixture: Pick<Fixture, "files" | "directories"> & Partial<Pick<Fixture, "clusters" | "committed" | "registries">>,
  domains: readonly Domain[] = allDomains,
  folders: readonly string[] = [folder],
): Promise<Inspection> {
  const workspace = new Workspace({
    fileSystem: memoryFileSystem(fixture),
    findFacts,
    schemas: { bundle: schemaBundle },
  });
  await workspace.setFolders(folders);
  for (const [path, text] of fixture.files) workspace.setBuffer(path, text);
  const observations = observeOutside(fixture);
  const builds = createBuilds({ clock: { now: () => 0 } });
  const inspector = createInspector(createRuleTable(domains), builds, () => observations);
  const roots = inspector.rootsOf(workspace.snapshot);
  for (const root of roots) await loadBuild(builds, workspace, root, notCancelled);
  const { snapshot } = workspace;
  const settings = withRepositorySettings(noSettings, snapshot);
  return {
    snapshot,
    observations,
    findings: inspector.all(snapshot, settings, { files: inspector.filesOf(snapshot), roots }),
  };
}
