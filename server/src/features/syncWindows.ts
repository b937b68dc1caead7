import type { Feature } from "../analysis/feature";
import { judgeWindows, nextOpening } from "../argocd/syncWindows";
import { type SyncWindowsParameters, type SyncWindowsVerdict, syncWindowsRequest } from "../protocol/syncWindows";

/** What sync windows say to Applications. The cluster is the client's; the schedule is read here, as it is where the rules check it. */
export const syncWindowsFeature: Feature<SyncWindowsParameters, readonly SyncWindowsVerdict[]> = {
  method: syncWindowsRequest,
  capabilities: {},
  empty: [],
  handle({ windows, targets, time }) {
    return targets.map((target): SyncWindowsVerdict => {
      const verdict = judgeWindows(windows, target, time);
      return { ...verdict, opensAt: verdict.manual ? undefined : nextOpening(windows, target, time) };
    });
  },
};
