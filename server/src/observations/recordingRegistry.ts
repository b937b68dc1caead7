import type { Registry, ResolvedImage } from "../registry/registry";
import type { ObservationStore } from "./observations";
import { registryAnswers, type Told, withTags, withVersion } from "./registryAnswers";

export interface RecordingOptions {
  readonly store: ObservationStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * A registry whose answers become observations, whoever asks: what a command found out, lenses and hovers know. That something is missing is not
 * written down here: it may become a finding, and who asks for those says so.
 */
export function recordingRegistry(registry: Registry, { store, now }: RecordingOptions): Registry {
  const told = <T>(value: T): Told<T> => ({ value, at: now() });
  const record = <T extends ResolvedImage>(image: string, version: string, value: T): T => {
    const answers = store.current.of(registryAnswers);
    store.put(registryAnswers, withVersion(answers, { image, version, told: told(value) }));
    return value;
  };
  return {
    async tags(image, look) {
      const tags = await registry.tags(image, look);
      store.put(registryAnswers, withTags(store.current.of(registryAnswers), image, told(tags)));
      return tags;
    },
    resolve: async (image, version, look) => record(image, version, await registry.resolve(image, version, look)),
    details: async (image, version, look) => record(image, version, await registry.details(image, version, look)),
    referrers: (image, digest, look) => registry.referrers(image, digest, look),
    putTag: async (from, to, look) => record(to.image, to.tag, await registry.putTag(from, to, look)),
  };
}
