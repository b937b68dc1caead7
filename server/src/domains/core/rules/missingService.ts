import type { Rule } from "../../../analysis/rule";
import { missingObjectRule } from "./missingObjectRule";

const sample = (service: string): string => `#- kustomization.yaml
resources: [a.yaml, b.yaml]
#- a.yaml
apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: web}
spec:
  to: {kind: Service, name: ${service}}
  tls: {termination: edge, insecureEdgeTerminationPolicy: Redirect}
#- b.yaml
apiVersion: v1
kind: Service
metadata: {name: web-front}
spec:
  ports: [{port: 80}]
`;

/** A Service that an Ingress, a Route, a StatefulSet or the API server needs and that the build does not have. */
export const missingService: Rule = missingObjectRule({
  name: "missing-service",
  isMeant: "Service",
  effect: "Requests lead nowhere without it.",
  given: new Set(["kubernetes"]),
  docs: {
    summary: "An Ingress, a Route, a StatefulSet or a webhook names a Service that its build does not render.",
    bad: sample("web-fornt"),
    good: sample("web-front"),
  },
});
