import { type DeployedPod, deployedPods } from "../../../analysis/deployedPods";
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
 * remembered as long as the object stays what it is.
 */
export function podRule({ check, ...rest }: PodRuleOptions): WorkspaceRule {
  const known = new WeakMap<Mapping, readonly Hit[]>();
  return {
    ...rest,
    scope: "workspace",
    *check(context): Iterable<Hit> {
      for (const pod of deployedPods(context)) {
        let hits = known.get(pod.node);
        if (hits === undefined) {
          hits = [...check(pod)];
          known.set(pod.node, hits);
        }
        yield* hits;
      }
    },
  };
}
