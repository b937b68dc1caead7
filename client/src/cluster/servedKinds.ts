import { ApiError } from "./apiError";
import type { Kind } from "./childKinds";
import type { Connection } from "./connection";
import { parseApiVersion } from "./discovery";
import { ManyQuestions } from "./manyQuestions";

/** A kind that an API server serves, and what may be done with its objects if one has the right. */
export interface ServedKind extends Kind {
  readonly verbs: readonly string[];
}

/** The kinds of a cluster, each of a group once, in the version that the API server prefers. */
export interface ServedKinds {
  readonly kinds: readonly ServedKind[];
  /** API groups whose server did not answer: their kinds are not known. */
  readonly silent: readonly string[];
}

/** All kinds in one answer, where the API server can (1.26 or newer); else the names of the groups. */
const accept = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json",
].join(",");

/** As far as we read it. */
interface Discovery {
  readonly items?: readonly DiscoveredGroup[] | undefined;
  /** Of an API server that cannot tell all at once. */
  readonly groups?: readonly { readonly preferredVersion?: { readonly groupVersion?: string } }[] | undefined;
}

interface DiscoveredGroup {
  readonly metadata?: { readonly name?: string } | undefined;
  readonly versions?: readonly {
    readonly version: string;
    /** `Stale` when the API server of the group did not answer. */
    readonly freshness?: string;
    readonly resources?: readonly {
      readonly resource: string;
      readonly responseKind?: { readonly kind?: string } | null;
      readonly scope?: string;
      readonly verbs?: readonly string[];
    }[];
  }[];
}

/** Asks a cluster for its kinds: two calls, or one for each group of an old API server. Throws an `ApiError`. */
export async function readServedKinds(connection: Connection, signal: AbortSignal): Promise<ServedKinds> {
  const [core, others] = await Promise.all([
    connection.get<Discovery>({ path: "/api", accept, signal }),
    connection.get<Discovery>({ path: "/apis", accept, signal }),
  ]);
  if (others.items !== undefined) return fromGroups([...(core.items ?? []), ...others.items]);
  const versions = (others.groups ?? []).flatMap(({ preferredVersion }) => preferredVersion?.groupVersion ?? []);
  return await readEach(connection, ["v1", ...versions], signal);
}

function fromGroups(groups: readonly DiscoveredGroup[]): ServedKinds {
  const kinds = new Map<string, ServedKind>();
  const silent = new Set<string>();
  for (const { metadata, versions = [] } of groups) {
    const group = metadata?.name ?? "";
    for (const { version, freshness, resources = [] } of versions) {
      if (freshness === "Stale") silent.add(group);
      for (const { resource, responseKind, scope, verbs = [] } of resources) {
        const kind = responseKind?.kind;
        const key = JSON.stringify([group, kind]);
        if (!kind || kinds.has(key)) continue;
        kinds.set(key, { group, version, kind, plural: resource, namespaced: scope === "Namespaced", verbs });
      }
    }
  }
  return { kinds: [...kinds.values()], silent: [...silent] };
}

interface ResourceList {
  readonly resources?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs?: readonly string[];
  }[];
}

async function readEach(
  connection: Connection,
  apiVersions: readonly string[],
  signal: AbortSignal,
): Promise<ServedKinds> {
  const outcomes = await new ManyQuestions().ask(apiVersions, async (apiVersion) => {
    const { group, version } = parseApiVersion(apiVersion);
    const path = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
    try {
      return await connection.get<ResourceList>({ path, signal });
    } catch (error) {
      if (error instanceof ApiError && error.kind === "notFound") return {};
      throw error;
    }
  });
  const silent = apiVersions.filter((_, i) => outcomes[i]?.failure !== undefined);
  const kinds = apiVersions.flatMap((apiVersion, i) => {
    const { group, version } = parseApiVersion(apiVersion);
    return (outcomes[i]?.answer?.resources ?? [])
      .filter(({ name }) => !name.includes("/"))
      .map(({ name, kind, namespaced, verbs = [] }) => ({ group, version, kind, plural: name, namespaced, verbs }));
  });
  return { kinds, silent: silent.map((apiVersion) => parseApiVersion(apiVersion).group) };
}
