import type { Rule } from "../../../analysis/rule";
import { missingObjectRule } from "./missingObjectRule";

/** A claim that a pod names and that its build does not have. */
export const missingClaim: Rule = missingObjectRule({
  name: "missing-claim",
  isMeant: "PersistentVolumeClaim",
  effect: "The pods stay pending without it.",
  docs: {
    summary: "A pod names a PersistentVolumeClaim that its build does not render.",
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
      volumes:
      - name: data
        persistentVolumeClaim: {claimName: web-dta}
#- b.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web-data}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
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
      volumes:
      - name: data
        persistentVolumeClaim: {claimName: web-data}
#- b.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web-data}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
`,
  },
});
