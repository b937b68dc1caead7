import type { Rule } from "../../../analysis/rule";
import { deploymentSample } from "../samples";
import { missingObjectRule } from "./missingObjectRule";

const sample = (workload: string): string => `#- kustomization.yaml
resources: [a.yaml, b.yaml]
#- a.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${workload}}
#- b.yaml
${deploymentSample("frontend")}`;

/** A workload that an autoscaler names and that the build does not have. */
export const missingScaleTarget: Rule = missingObjectRule({
  name: "missing-scale-target",
  isMeant: ({ path }) => path === "/spec/scaleTargetRef/name" || path === "/spec/targetRef/name",
  effect: "The autoscaler does nothing without it.",
  docs: {
    summary: "An autoscaler names a workload that its build does not render.",
    bad: sample("frontned"),
    good: sample("frontend"),
  },
});
