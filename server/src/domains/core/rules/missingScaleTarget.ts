import type { Rule } from "../../../analysis/rule";
import { missingObjectRule } from "./missingObjectRule";

/** A workload that an autoscaler names and that the build does not have. */
export const missingScaleTarget: Rule = missingObjectRule({
  name: "missing-scale-target",
  isMeant: ({ path }) => path === "/spec/scaleTargetRef/name" || path === "/spec/targetRef/name",
  effect: "The autoscaler does nothing without it.",
  docs: {
    summary: "An autoscaler names a workload that its build does not render.",
    bad: `#- kustomization.yaml
resources: [a.yaml, b.yaml]
#- a.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: frontned}
#- b.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: frontend}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1.2
`,
    good: `#- kustomization.yaml
resources: [a.yaml, b.yaml]
#- a.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: frontend}
#- b.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: frontend}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1.2
`,
  },
});
