import type { ApplicationModel, ApplicationPlace } from "./applicationModel";
import type { BelowApplication } from "./belowApplication";
import type { LiveRows } from "./liveRows";

/** What the rows are drawn from. */
export interface DrawnFrom {
  readonly model: ApplicationModel;
  readonly below: BelowApplication;
  readonly live: Pick<LiveRows, "findObject">;
  /** What the sync windows of its project do to an Application now, in words; empty without any. */
  readonly windows: (place: ApplicationPlace) => readonly string[];
  /** `gitopsAuthor.cluster.protected` */
  readonly patterns: () => readonly string[];
}
