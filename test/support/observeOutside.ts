import { committedFiles } from "../../server/src/observations/committedFiles";
import { ObservationStore, type Observations } from "../../server/src/observations/observations";
import type { Fixture } from "./fixture";
import { observeClusters } from "./observeClusters";

/** What the server knows of the outside of a fixture: open contexts and git. */
export function observeOutside({ clusters = new Map(), committed = new Map() }: Partial<Fixture>): Observations {
  const store = new ObservationStore();
  observeClusters(store, clusters);
  const files = [...committed].map(([path, text]) => [path, { path, text }] as const);
  if (files.length > 0) store.put(committedFiles, new Map(files));
  return store.current;
}
