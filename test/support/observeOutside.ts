import { committedFiles } from "../../server/src/observations/committedFiles";
import { ObservationStore, type Observations } from "../../server/src/observations/observations";
import type { Fixture } from "./fixture";
import { observeClusters } from "./observeClusters";
import { observeRegistries } from "./observeRegistries";

/** What the server knows of the outside of a fixture: open contexts, git and registries. */
export function observeOutside(fixture: Partial<Fixture>): Observations {
  const { clusters = new Map(), committed = new Map(), registries = new Map() } = fixture;
  const store = new ObservationStore();
  observeClusters(store, clusters);
  observeRegistries(store, registries);
  const files = [...committed].map(([path, text]) => [path, { path, text }] as const);
  if (files.length > 0) store.put(committedFiles, new Map(files));
  return store.current;
}
