import { type Entry, getValue, type Mapping, type Node, withoutKey, withValue } from "../yaml/node";

/**
 * The files beside a source's manifests that change what the Application says of it, in the order in which they count; image updaters write
 * them (`mergeSourceParameters` of argo-cd `reposerver/repository/repository.go`). `application` as Argo CD knows it: see `instanceName`.
 */
export function overrideFiles(application: string): readonly string[] {
  return [".argocd-source.yaml", ...(application === "" ? [] : [`.argocd-source-${application}.yaml`])];
}

/** The name by which Argo CD knows an Application: outside of its own namespace the namespace belongs to it. */
export function instanceName(name: string, namespace: string | undefined, controlPlane: string | undefined): string {
  return namespace === undefined || controlPlane === undefined || namespace === controlPlane
    ? name
    : `${namespace}_${name}`;
}

/** A source with what such a file says: a JSON merge patch, in which where the source is does not count. */
export function overrideSource(source: Mapping, override: Node): Mapping {
  if (override.kind !== "mapping") return source;
  const kept = fixed.reduce(withoutKey, override);
  const merged = mergePatch(source, kept);
  return merged.kind === "mapping" ? merged : source;
}

const fixed: readonly string[] = ["chart", "path", "repoURL", "targetRevision"];

/** RFC 7386: null takes a field away, maps are merged, everything else is replaced. */
function mergePatch(target: Node | undefined, patch: Node): Node {
  if (patch.kind !== "mapping") return patch;
  let result: Mapping = target?.kind === "mapping" ? target : { ...patch, entries: [] };
  for (const { key, value } of patch.entries) {
    if (value.kind === "scalar" && value.tag === "null") result = withoutKey(result, key.text);
    else result = withValue(result, key, mergePatch(getValue(result, key.text), value));
  }
  return result;
}

/**
 * What a cluster says, with the places of what a file says wherever both say the same, so that it is known which line asked for it. `isSame`
 * compares two values.
 */
export function withPlaces(live: Node, written: Node | undefined, isSame: (a: Node, b: Node) => boolean): Node {
  if (written === undefined) return live;
  if (isSame(live, written)) return written;
  if (live.kind === "mapping" && written.kind === "mapping") {
    const entries = live.entries.map(
      ({ key, value }): Entry => ({ key, value: withPlaces(value, getValue(written, key.text), isSame) }),
    );
    return { ...live, entries };
  }
  if (live.kind !== "sequence" || written.kind !== "sequence") return live;
  const items = live.items.map((item) => written.items.find((each) => isSame(item, each)) ?? item);
  return { ...live, items };
}
