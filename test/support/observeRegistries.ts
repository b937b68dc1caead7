import { parseDocument } from "yaml";
import type { ObservationStore } from "../../server/src/observations/observations";
import { registryAnswers, withTags, withVersion } from "../../server/src/observations/registryAnswers";
import type { ImageDetails } from "../../server/src/registry/registry";

/** What a fixture says that a registry said of an image. */
interface Said {
  readonly tags?: readonly string[];
  /** Tags and digests that it does not have. */
  readonly missing?: readonly string[];
  /** Digests by tag. */
  readonly digests?: Readonly<Record<string, string>>;
  /** What it tells of tags or digests, beside their digest. */
  readonly details?: Readonly<
    Record<string, Partial<Omit<ImageDetails, "labels">> & { readonly labels?: Record<string, string> }>
  >;
}

/** Samples may be cut off anywhere: a key may stand there without its value. */
function said(text: string): { readonly [Key in keyof Said]: Said[Key] | null } {
  const whole: unknown = parseDocument(text, { strict: false, logLevel: "silent" }).toJS();
  return typeof whole === "object" && whole !== null ? whole : {};
}

/** When all of it was said. */
const at = Date.parse("2026-11-22T12:00:00Z");

/** Tells the server what registries said, each by the name of the image. */
export function observeRegistries(store: ObservationStore, registries: ReadonlyMap<string, string>): void {
  let answers = store.current.of(registryAnswers);
  for (const [image, text] of registries) {
    const { tags, missing, digests, details } = said(text);
    if (tags) answers = withTags(answers, image, { value: { tags, complete: true }, at });
    for (const version of missing ?? [])
      answers = withVersion(answers, { image, version, told: { value: "missing", at } });
    for (const [version, digest] of Object.entries(digests ?? {})) {
      const value = { digest, mediaType: "application/vnd.oci.image.index.v1+json" };
      answers = withVersion(answers, { image, version, told: { value, at } });
    }
    for (const [version, { labels = {}, ...said }] of Object.entries(details ?? {})) {
      const value = {
        ...{
          digest: version,
          mediaType: "application/vnd.oci.image.manifest.v1+json",
          platforms: [],
          size: 0,
          ...said,
        },
        labels: new Map(Object.entries(labels)),
      };
      answers = withVersion(answers, { image, version, told: { value, at } });
    }
  }
  if (registries.size > 0) store.put(registryAnswers, answers);
}
