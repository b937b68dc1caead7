/** A Deployment in a sample of the documentation, with these lines in the spec of its pods. */
export function deploymentSample(name: string, lines = ""): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1.2
${lines}`;
}

/** A sample: a build of a Deployment with these lines in the spec of its pods, and of the object that they name. */
export function namingSample(lines: string, object: string): string {
  return `#- kustomization.yaml\nresources: [a.yaml, b.yaml]\n#- a.yaml\n${deploymentSample("web", lines)}#- b.yaml\n${object}`;
}
