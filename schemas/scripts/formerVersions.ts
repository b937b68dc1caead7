import type { RemovedApi } from "./catalog";
import { mapParts, type Schema, type Type } from "./schema";
import { type Shards, splitReference } from "./shards";

/**
 * Adds the versions of Kubernetes' kinds that no package describes any more and that had the shape of the version that
 * took their place, `resource.k8s.io/v1beta2` for example, to the shard of beta versions.
 */
export function withFormerVersions(shards: Shards, removed: readonly RemovedApi[]): Shards {
  const current = shards.get("kubernetes");
  const former = new Map(shards.get("kubernetes-beta"));
  for (const { apiVersion, kinds, use, product, requires, leaves, convert } of removed) {
    if (use === undefined || (product ?? requires ?? leaves ?? convert) !== undefined) continue;
    for (const kind of kinds) {
      const successor = current?.get(`${use}/${kind}`);
      const name = `${apiVersion}/${kind}`;
      if (successor !== undefined && !former.has(name)) former.set(name, inVersion(successor, { apiVersion, kind }));
    }
  }
  return new Map([...shards, ["kubernetes-beta", former]]);
}

function inVersion({ schema }: Type, kind: { apiVersion: string; kind: string }): Type {
  const qualify = (part: Schema): Schema => {
    if (part.$ref === undefined) return mapParts(part, qualify);
    const { shard, name } = splitReference(part.$ref, "kubernetes");
    return { ...part, $ref: `${shard}#${name}` };
  };
  const { apiVersion, ...others } = mapParts(schema, qualify).properties ?? {};
  return {
    kind,
    schema: { ...schema, properties: { apiVersion: { ...apiVersion, enum: [kind.apiVersion] }, ...others } },
  };
}
