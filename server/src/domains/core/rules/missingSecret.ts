import type { Rule } from "../../../analysis/rule";
import { missingObjectRule } from "./missingObjectRule";

/** A Secret that something names and that nearly is called like one in the build. */
export const missingSecret: Rule = missingObjectRule({
  name: "missing-secret",
  isMeant: "Secret",
  effect: "What needs it does not start without it.",
  onlyNear: true,
  docs: {
    summary: "A Secret is named that differs by a slip from one in the build.",
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
        - secretRef: {name: web-tokne}
#- b.yaml
apiVersion: v1
kind: Secret
metadata: {name: web-token}
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
        - secretRef: {name: web-token}
#- b.yaml
apiVersion: v1
kind: Secret
metadata: {name: web-token}
`,
  },
});
