import type { SyncWindowsVerdict } from "../../../../server/src/protocol/syncWindows";
import { describeTime } from "../../cluster/describeTime";

/** What the sync windows of its project do to an Application, in a few words; nothing when none is about it. */
export function windowWords({ matching, automatic, manual, mistake, opensAt }: SyncWindowsVerdict): string | undefined {
  if (mistake !== undefined) return "a sync window that cannot be read holds every sync";
  if (matching.length === 0) return undefined;
  if (!manual) return `held by a sync window${opensAt === undefined ? "" : ` until ${describeTime(opensAt)}`}`;
  return automatic ? "no sync window holds it now" : "a sync window holds all but manual syncs";
}
