import type { Rule } from "../../../analysis/rule";
import { missingObjectRule } from "./missingObjectRule";

/** A ConfigMap that a pod names and that its build does not have. */
export const missingConfigMap: Rule = missingObjectRule({
  name: "missing-config-map",
  isMeant: "ConfigMap",
  effect: "The pods do not start without it.",
  given: new Set(["kube-root-ca.crt", "openshift-service-ca.crt"]),
  docs: {
    summary: "A pod names a ConfigMap that its build does not render.",
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
        envFrom:
        - configMapRef: {name: web-setings}
#- b.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {COLOUR: blue}
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
        envFrom:
        - configMapRef: {name: web-settings}
#- b.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {COLOUR: blue}
`,
  },
});
