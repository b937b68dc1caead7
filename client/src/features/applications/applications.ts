import { Disposable, type Memento } from "vscode";
import { systemClock } from "../../cluster/clock";
import type { OpenClusters } from "../../cluster/openClusters";
import { RememberedRights } from "../../cluster/rememberedRights";
import { SharedWatches } from "../../cluster/sharedWatches";
import { readSettings } from "../../configuration";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { registerApplicationCommands } from "./applicationCommands";
import type { ApplicationPlace } from "./applicationModel";
import type { MoreRow } from "./applicationNodes";
import { ApplicationsView, viewId } from "./applicationsView";
import { ApplicationTree } from "./applicationTree";
import { askGrouping } from "./askGrouping";
import { describePlace } from "./describePlace";
import { toGrouping } from "./grouping";
import { revealInEditor } from "./revealInEditor";
import { WindowVerdicts } from "./windowVerdicts";

export interface ApplicationsOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
  /** Where the person's choice of groups is remembered. */
  readonly memory: Memento;
}

const groupingKey = `${viewId}.grouping`;

/** The view "Applications": those of all open contexts, as they are now, and what can be done with them. */
export function activateApplications({ clusters, server, register, memory }: ApplicationsOptions): Disposable {
  const patterns = (): readonly string[] => readSettings().cluster.protected;
  const watches = new SharedWatches(systemClock);
  const tree = createTree({ clusters, server, watches, patterns, grouping: toGrouping(memory.get(groupingKey)) });
  const view = new ApplicationsView(clusters, tree);
  const groupBy = async (): Promise<void> => {
    const chosen = await askGrouping(clusters, toGrouping(memory.get(groupingKey)));
    if (chosen === undefined) return;
    await memory.update(groupingKey, chosen);
    tree.group(chosen);
  };
  return Disposable.from(
    view,
    watches,
    register("gitopsAuthor.applications.filter", (argument) => view.askFilter(argument)),
    register("gitopsAuthor.applications.clearFilter", () => view.filter("")),
    register("gitopsAuthor.applications.groupBy", groupBy),
    register("gitopsAuthor.applications.reveal", (argument) => view.reveal(argument)),
    register("gitopsAuthor.applications.showMore", (argument) => {
      const row = argument as Partial<MoreRow> | undefined;
      if (row?.type === "more" && row.parent !== undefined) tree.showMore(row.parent);
    }),
    register("gitopsAuthor.application.revealInEditor", (argument) => revealInEditor({ clusters, server }, argument)),
    registerApplicationCommands({ clusters, register, patterns }),
  );
}

type TreeParts = Pick<ApplicationsOptions, "clusters" | "server"> &
  Pick<ConstructorParameters<typeof ApplicationTree>[0], "watches" | "patterns" | "grouping">;

/** The rows, with what else is asked about them: sync windows and rights. */
function createTree({ clusters, server, ...parts }: TreeParts): ApplicationTree {
  const rights = new RememberedRights(systemClock);
  const changed = (place: ApplicationPlace): void => tree.drawAutoSync(place);
  const verdicts = new WindowVerdicts({ clusters, server, changed, now: systemClock.now });
  const tree: ApplicationTree = new ApplicationTree({
    ...{ clusters, ...parts },
    describe: (place) => describePlace(place, { clusters, verdicts, rights }),
    windows: (place) => verdicts.find(place),
  });
  return tree;
}
