import { type Cancellation, checkCancelled } from "../platform/cancellation";
import type { BuildSource, Builds, RootBuild } from "./builds";

/** Who holds the snapshots: knows the newest, and reads what it lacks. */
export interface SnapshotHost<S extends BuildSource> {
  readonly snapshot: S;
  /** Reads paths and gives a snapshot that knows them. Never rejects. */
  load(paths: Iterable<string>): Promise<S>;
}

/** Each round reads one level of bases deeper, so this bounds nothing that anyone would write. */
const mostRounds = 200;

/**
 * Builds a root over the newest snapshot, reading what is pending until nothing is. Gives up with what there is when reading
 * does not help. Rejects with `CancelledError` only.
 */
export async function loadBuild(
  builds: Pick<Builds, "build">,
  host: SnapshotHost<BuildSource>,
  root: string,
  cancellation: Cancellation,
): Promise<RootBuild> {
  let build = builds.build(root, host.snapshot);
  for (let round = 0; round < mostRounds && build.result.pending.length > 0; round++) {
    const before = build.result.pending;
    await host.load(before);
    checkCancelled(cancellation);
    build = builds.build(root, host.snapshot);
    if (build.result.pending.every((path) => before.includes(path))) break;
  }
  return build;
}
