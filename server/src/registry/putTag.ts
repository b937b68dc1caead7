import type { HttpAnswer } from "../platform/http";
import type { Descriptor } from "./manifestContent";
import { type Look, RegistryError, type ResolvedImage } from "./registry";
import {
  brokenAnswer,
  cacheKey,
  manifestIn,
  mustBeThere,
  nameOf,
  pathOf,
  pull,
  type Repository,
  readManifest,
  scopeOf,
  type TypedManifest,
} from "./repository";

/** An index has a manifest for each platform, and perhaps an attestation for each. */
const mostManifests = 128;

/** What is copied, and where. */
interface Copy {
  readonly from: Repository;
  readonly to: Repository;
  readonly look: Look;
}

/**
 * Puts an image under a tag, byte for byte, so that its digest stays. In another repository of the registry its blobs are mounted first, and of an index
 * its manifests put by digest; the tag is written last, so that it never stands for something incomplete.
 *
 * @throws RegistryError
 */
export async function putTag(
  from: Repository,
  digest: string,
  to: Repository,
  tag: string,
  look: Look,
): Promise<ResolvedImage> {
  if (from.home.host !== to.home.host) {
    throw new RegistryError(
      "refused",
      `${from.home.image} and ${to.home.image} lie in different registries. Copy it with: skopeo copy --all ` +
        `docker://${from.home.image}@${digest} docker://${to.home.image}:${tag}`,
    );
  }
  const copy: Copy = { from, to, look };
  const image = await readTyped(from, digest, look);
  if (isOther(from, to)) await bring(copy, image);
  await putManifest(copy, tag, image);
  to.cache.dropAll(cacheKey(to.home, ""));
  return { digest, mediaType: image.mediaType, manifestSize: image.bytes.byteLength };
}

/** A manifest or index, to be written as it was read. */
interface Manifest extends TypedManifest {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

async function readTyped(from: Repository, digest: string, look: Look): Promise<Manifest> {
  const answer = await readManifest(from, digest, look);
  return { ...manifestIn(from, answer, digest), digest, bytes: answer.body };
}

/** Brings all that a manifest or index names into the other repository. */
async function bring(copy: Copy, { digest, content }: Manifest): Promise<void> {
  if (content.kind === "manifest") {
    for (const blob of [content.config, ...content.layers]) if (!blob.isForeign) await mount(copy, blob);
    return;
  }
  if (content.manifests.length > mostManifests) throw brokenAnswer(copy.from, nameOf(copy.from.home, digest));
  for (const each of content.manifests) {
    const inner = await mustBeThere(readTyped(copy.from, each.digest, copy.look));
    // Indexes within an index are allowed, but nobody makes them; following them could go on for ever.
    if (inner.content.kind === "index") throw brokenAnswer(copy.from, nameOf(copy.from.home, each.digest));
    await bring(copy, inner);
    await putManifest(copy, each.digest, inner);
  }
}

/** Makes a blob of one repository known in the other (OCI distribution: "Mounting a blob from another repository"). */
async function mount({ from, to, look }: Copy, { digest }: Descriptor): Promise<void> {
  const there = await pull(to, { method: "HEAD", path: pathOf(to.home, `blobs/${digest}`) }, look);
  if (there.status === 200) return;
  const query = new URLSearchParams({ mount: digest, from: from.home.repository });
  const answer = await push(
    { from, to, look },
    { method: "POST", path: `${pathOf(to.home, "blobs/uploads/")}?${query}` },
  );
  if (answer.status === 201) return;
  if (answer.status !== 202) throw to.connection.failure(answer, to.home, `layer ${digest} in ${to.home.image}`);
  await abandonUpload({ from, to, look }, answer);
  throw new RegistryError(
    "refused",
    `${to.home.host} does not let ${to.home.image} share layers with ${from.home.image}. The tag was not written. ` +
      "Ask for the right to read there, or copy it with skopeo copy --all, which carries the layers.",
  );
}

/** The registry began an upload in place of mounting; it need not wait for our bytes. */
async function abandonUpload(copy: Copy, { headers }: HttpAnswer): Promise<void> {
  const location = headers.get("location");
  if (location === undefined || !URL.canParse(location, "http://registry")) return;
  const { pathname, search } = new URL(location, "http://registry");
  if (pathname.startsWith("/v2/")) await push(copy, { method: "DELETE", path: `${pathname}${search}` });
}

async function putManifest(copy: Copy, reference: string, { digest, bytes, mediaType }: Manifest): Promise<void> {
  const { home, connection } = copy.to;
  const headers = new Map([["Content-Type", mediaType]]);
  const answer = await push(copy, {
    method: "PUT",
    path: pathOf(home, `manifests/${reference}`),
    headers,
    body: bytes,
  });
  if (answer.status !== 201 && answer.status !== 200) throw connection.failure(answer, home, nameOf(home, reference));
  const told = answer.headers.get("docker-content-digest") ?? digest;
  if (told === digest || !told.startsWith(digest.replace(/:.*/, ":"))) return;
  throw new RegistryError(
    "broken",
    `${home.host} took the ${nameOf(home, reference)}, but under the digest ${told} in place of ${digest}. Look at what stands there now before you use it.`,
  );
}

/** Asks with the right to push, and to pull where the blobs come from. */
function push(
  { from, to, look }: Copy,
  question: Parameters<typeof pull>[1] & { readonly body?: Uint8Array },
): Promise<HttpAnswer> {
  const scopes = new Set([scopeOf(to.home, "pull,push"), ...(isOther(from, to) ? [scopeOf(from.home, "pull")] : [])]);
  return to.connection.ask({ home: to.home, scopes: [...scopes], isRetry: true, ...question }, look.signal);
}

function isOther(from: Repository, to: Repository): boolean {
  return from.home.repository !== to.home.repository;
}
