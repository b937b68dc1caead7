import type { DeployedObject } from "../../../analysis/deployedObjects";
import { type DeployedPod, findPod, podMakers } from "../../../analysis/deployedPods";
import { DocumentMemory, type MovePlace } from "../../../analysis/documentMemory";
import { movePlaces } from "../../../analysis/finding";
import type { Hit, RuleDocs, WorkspaceRule } from "../../../analysis/rule";
import type { Mapping } from "../../../yaml/node";

/** A rule about pods, as they reach a cluster. */
export interface PodRuleOptions {
  readonly code: string;
  readonly severity: WorkspaceRule["severity"];
  readonly docs: RuleDocs;
  readonly fix?: WorkspaceRule["fix"];
  /** What is wrong with one pod; depends on nothing else. */
  readonly check: (pod: DeployedPod) => Iterable<Hit>;
}

/**
 * Makes a rule that looks at each pod after all patches, and at those in manifests that no kustomization lists. What it says of a pod is
 * remembered as long as the object, or the document that it is written in, stays what it is.
 */
export function podRule({ check, ...rest }: PodRuleOptions): WorkspaceRule {
  const ofNode = new WeakMap<Mapping, readonly Hit[]>();
  const ofDocument = new DocumentMemory<Map<number, readonly Hit[]>>(moveHits);
  const find = (object: DeployedObject): readonly Hit[] => {
    const pod = findPod(object);
    return pod === undefined ? [] : [...check(pod)];
  };
  return {
    ...rest,
    scope: "workspace",
    *check(context): Iterable<Hit> {
      for (const object of podMakers(context)) {
        const { written } = object;
        if (written === undefined) yield* recall(ofNode, object.node, () => find(object));
        else {
          const known = ofDocument.recall(written.document, () => new Map());
          yield* recall(known, written.at, () => find(object));
        }
      }
    },
  };
}

/** What is known of a key; if nothing is, what `find` finds, which is kept. */
function recall<K>(known: Memory<K>, key: K, find: () => readonly Hit[]): readonly Hit[] {
  let hits = known.get(key);
  if (hits === undefined) {
    hits = find();
    known.set(key, hits);
  }
  return hits;
}

interface Memory<K> {
  get(key: K): readonly Hit[] | undefined;
  set(key: K, hits: readonly Hit[]): unknown;
}

function moveHits(known: ReadonlyMap<number, readonly Hit[]>, move: MovePlace): Map<number, readonly Hit[]> {
  return new Map([...known].map(([at, hits]) => [at, hits.map((hit) => movePlaces(hit, move))]));
}
