import type { Rule } from "../../../analysis/rule";
import { missingObjectRule } from "./missingObjectRule";

/** A ServiceAccount that a pod names and that its build does not have. */
export const missingServiceAccount: Rule = missingObjectRule({
  name: "missing-service-account",
  isMeant: "ServiceAccount",
  effect: "No pod is made without it.",
  // What every namespace has, in OpenShift too.
  given: new Set(["default", "builder", "deployer", "pipeline"]),
  docs: {
    summary: "A pod names a ServiceAccount that its build does not render.",
    bad: `#- kustomization.yaml
resources: [a.yaml, b.yaml]
#- a.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1.2
      serviceAccountName: web-robto
#- b.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web-robot}
`,
    good: `#- kustomization.yaml
resources: [a.yaml, b.yaml]
#- a.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1.2
      serviceAccountName: web-robot
#- b.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web-robot}
`,
  },
});
