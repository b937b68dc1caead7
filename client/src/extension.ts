import { type ExtensionContext, Uri } from "vscode";
import { ComparisonView } from "./actions/comparisonView";
import { Reports } from "./actions/reports";
import { systemClock } from "./cluster/clock";
import { OpenClusters } from "./cluster/openClusters";
import { readSettings } from "./configuration";
import { activateApplicationFiles } from "./features/applicationFiles/applicationFiles";
import { activateApplications } from "./features/applications/applications";
import { activateApply } from "./features/apply/apply";
import { activateArgocdInstance } from "./features/argocdInstance/argocdInstance";
import { activateArgocdServers } from "./features/argocdServer/argocdServers";
import { activateBump } from "./features/bump/bump";
import { activateClusters } from "./features/clusters/clusters";
import { activateDeleteApplication } from "./features/deleteApplication/deleteApplication";
import { activateGrantAccess } from "./features/grantAccess/grantAccess";
import { activateLiveDiff } from "./features/liveDiff/liveDiff";
import { activateObservations } from "./features/observations/observations";
import { activateOverlays } from "./features/overlays/overlays";
import { activatePreview } from "./features/preview/preview";
import { activateRollBack } from "./features/rollBack/rollBack";
import { activateShowInCluster } from "./features/showInCluster/showInCluster";
import { activateStageMatrix } from "./features/stageMatrix/stageMatrix";
import { activateSyncPlan } from "./features/syncPlan/syncPlan";
import { activateYamlExtension } from "./features/yamlExtension/yamlExtension";
import { LanguageClient } from "./languageClient";
import { commandRegistrar } from "./platform/commands";
import { createLog } from "./platform/log";
import { rowCommands } from "./platform/rowCommands";
import { userFiles } from "./platform/userFiles";
import { startWhenNeeded } from "./startWhenNeeded";

/** Called by VS Code once, when something that `activationEvents` names happens. Light: the server starts when it is needed. */
export function activate(context: ExtensionContext): void {
  const log = createLog();
  const register = commandRegistrar(log, rowCommands(context.extension.packageJSON));
  const server = new LanguageClient(context, log);
  const clusters = new OpenClusters({ clock: systemClock, namespaces: () => readSettings().argocd.namespaces });
  const view = new ComparisonView();
  const reports = new Reports();
  context.subscriptions.push(
    log,
    server,
    clusters,
    view,
    reports,
    register("gitopsAuthor.restartServer", () => server.restart()),
    register("gitopsAuthor.showOutput", () => log.show()),
    activateYamlExtension({ log, onSyntaxElsewhere: (elsewhere) => server.setYamlSyntaxElsewhere(elsewhere) }),
    activateOverlays({ server, log, register }),
    activatePreview(server, register),
    activateBump({ server, clusters, register }),
    activateClusters({ clusters, files: userFiles, log, register }),
    activateApplications({ clusters, server, register, memory: context.globalState }),
    activateDeleteApplication({ clusters, register }),
    activateApplicationFiles({ clusters, server, log, register }),
    activateObservations({
      ...{ clusters, server, log },
      cacheFolder: Uri.joinPath(context.globalStorageUri, "schemas").fsPath,
    }),
    activateShowInCluster({ clusters, server, register }),
    activateGrantAccess({ clusters, server, register }),
    activateLiveDiff({ clusters, server, view, reports, register }),
    activateApply({ clusters, server, view, reports, register }),
    activateSyncPlan({ clusters, server, register }),
    activateStageMatrix({ server, clusters, log, register }),
    activateRollBack({ clusters, server, register }),
    activateArgocdServers({ clusters, memory: context.globalState, secrets: context.secrets, register }),
    activateArgocdInstance({ clusters, register }),
    startWhenNeeded(server, log),
  );
}
