import { AnswerCache } from "./answerCache";
import { HostConnection } from "./hostConnection";
import { checkTagOrDigest, findHome, isDigest } from "./imageHome";
import { listReferrers } from "./listReferrers";
import { listTags } from "./listTags";
import { putTag } from "./putTag";
import { readDetails } from "./readDetails";
import { isRegistryError, type Look, type Registry, RegistryError } from "./registry";
import type { Repository } from "./repository";
import { resolve } from "./resolve";
import { cancelledError } from "./retry";
import type { RegistryServices, RegistrySettings } from "./services";
import { SharedWork } from "./sharedWork";

/** Manifests and configurations are some kilobytes. */
const mostCachedBytes = 16 * 1024 * 1024;

/**
 * A client for registries of containers that speak the distribution protocol of OCI and Docker. Connections, logins, tokens and answers are kept in it; a
 * change of the settings wants a new one. Nobody is contacted before something is asked.
 */
export function createRegistry(services: RegistryServices, settings: RegistrySettings): Registry {
  const connections = new Map<string, HostConnection>();
  const cache = new AnswerCache(mostCachedBytes);
  const shared = new SharedWork<unknown>();

  const open = (image: string): Repository => {
    const home = findHome(image);
    const connection = connections.get(home.host) ?? new HostConnection(home.host, services, settings);
    connections.set(home.host, connection);
    return { home, connection, cache, clock: services.clock };
  };

  /** Hovers and lenses ask for the same at the same time; it is asked for once. */
  const ask = <T>(what: readonly unknown[], look: Look, task: (look: Look) => Promise<T>): Promise<T> =>
    guard(look, async () => {
      const key = JSON.stringify([...what, look.fresh === true]);
      // The key names the question, so that whoever began it gives what we want.
      return (await shared.run(key, look.signal, (signal) => task({ ...look, signal }))) as T;
    });

  return {
    tags: (image, look = {}) => ask(["tags", image], look, (own) => listTags(open(image), own)),
    resolve: (image, version, look = {}) =>
      ask(["resolve", image, version], look, async (own) => {
        checkTagOrDigest(version);
        return resolve(open(image), version, own);
      }),
    details: (image, version, look = {}) =>
      ask(["details", image, version, look.platform], look, async (own) => {
        checkTagOrDigest(version);
        return readDetails(open(image), version, { ...own, platform: look.platform });
      }),
    referrers: (image, digest, look = {}) =>
      ask(["referrers", image, digest], look, async (own) => {
        checkIsDigest(digest);
        return listReferrers(open(image), digest, own);
      }),
    putTag: (from, to, look = {}) =>
      guard(look, async () => {
        checkIsDigest(from.digest);
        checkIsTag(to.tag);
        return putTag(open(from.image), from.digest, open(to.image), to.tag, look);
      }),
  };
}

function checkIsDigest(digest: string): void {
  checkTagOrDigest(digest);
  if (!isDigest(digest))
    throw new RegistryError("refused", `'${digest}' is a tag; a digest is needed here, for example sha256:9f86d0….`);
}

function checkIsTag(tag: string): void {
  checkTagOrDigest(tag);
  if (isDigest(tag)) throw new RegistryError("refused", `'${tag}' is a digest; a tag is needed here, for example 1.2.`);
}

/** Whatever goes wrong becomes a `RegistryError`, and what nobody wants any more is `cancelled`, whatever it came to. */
async function guard<T>({ signal }: Look, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (signal?.aborted === true) throw cancelledError();
    if (isRegistryError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RegistryError(
      "broken",
      `Asking the registry failed in an unexpected way: ${reason}. Please report this.`,
    );
  }
}
