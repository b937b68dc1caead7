import { ApiError } from "./apiError";
import type { Connection } from "./connection";
import type { KubeObject, ResourceType } from "./kubeObject";

/** The kinds of one group and version that an API server serves, by kind. */
type ServedKinds = ReadonlyMap<string, ResourceType>;

interface ResourceList {
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

const known = new WeakMap<Connection, Map<string, Promise<ServedKinds>>>();

/**
 * Finds where the API server keeps the objects of a kind; `undefined` when it does not know the kind. Each group and version is asked for once
 * per connection, as long as it is there.
 */
export async function findResourceType(
  connection: Connection,
  { apiVersion = "", kind = "" }: Pick<KubeObject, "apiVersion" | "kind">,
  signal?: AbortSignal,
): Promise<ResourceType | undefined> {
  const versions = known.get(connection) ?? new Map<string, Promise<ServedKinds>>();
  known.set(connection, versions);
  const others = versions.get(apiVersion);
  const asked = others ?? readKinds(connection, apiVersion, signal);
  if (others === undefined) {
    versions.set(apiVersion, asked);
    asked.catch(() => versions.delete(apiVersion));
  }
  let served: ServedKinds;
  try {
    served = await asked;
  } catch (error) {
    // Somebody else asked, and changed their mind.
    const isTheirs = others !== undefined && error instanceof ApiError && error.kind === "cancelled";
    if (!isTheirs || signal?.aborted === true) throw error;
    return await findResourceType(connection, { apiVersion, kind }, signal);
  }
  const type = served.get(kind);
  // It may come: somebody installs its definition.
  if (type === undefined) versions.delete(apiVersion);
  return type;
}

async function readKinds(connection: Connection, apiVersion: string, signal?: AbortSignal): Promise<ServedKinds> {
  const { group, version } = parseApiVersion(apiVersion);
  const path = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  try {
    const { resources = [] } = await connection.get<ResourceList>({ path, signal });
    // `deployments/scale` is of the kind Scale, and no place of its own.
    const types = resources.filter(({ name }) => !name.includes("/"));
    return new Map(types.map(({ kind, name, namespaced }) => [kind, { group, version, plural: name, namespaced }]));
  } catch (error) {
    if (error instanceof ApiError && error.kind === "notFound") return new Map();
    throw error;
  }
}

/** `apps` and `v1` of `apps/v1`; the group of `v1` is empty. */
export function parseApiVersion(apiVersion: string): Pick<ResourceType, "group" | "version"> {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return { group: "", version: encodeURIComponent(apiVersion) };
  const [group, version] = [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
  return { group: encodeURIComponent(group), version: encodeURIComponent(version) };
}
