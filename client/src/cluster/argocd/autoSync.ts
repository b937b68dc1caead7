import { type Application, syncsItself } from "./application";
import { recreatorOf } from "./deletion";

/**
 * What it is to pause or resume auto-sync: nothing, where it is so already; `turnOn` where an Application never had any, so that nothing is there
 * to resume; else a `switch`, which leaves its options as they are.
 */
export function autoSyncChange(application: Application, enabled: boolean): "nothing" | "switch" | "turnOn" {
  if (syncsItself(application) === enabled) return "nothing";
  return enabled && !hasAutoSync(application) ? "turnOn" : "switch";
}

/**
 * The merge patch for it, which touches nothing but `spec.syncPolicy.automated`. What has none gets an empty one: that is on for every version of
 * Argo CD, while `enabled` is known only since 3.1.
 */
export function autoSyncPatch(application: Application, enabled: boolean): object {
  const automated = autoSyncChange(application, enabled) === "turnOn" ? {} : { enabled };
  return { spec: { syncPolicy: { automated } } };
}

/** Who writes the Application, and so may take a switch back, in a sentence; nothing where nobody is known to. */
export function whoTakesBack(application: Application, enabled: boolean): string | undefined {
  const maker = recreatorOf(application);
  if (maker === undefined) return undefined;
  const { name } = application.metadata;
  return `Auto-sync of '${name}' is ${enabled ? "on" : "paused"}, but ${maker} makes this Application and may take that back. To keep it so, change it there.`;
}

function hasAutoSync({ spec }: Application): boolean {
  const automated = spec?.syncPolicy?.automated;
  return automated !== undefined && automated !== null;
}
