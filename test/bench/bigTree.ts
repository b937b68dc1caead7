import type { Tree, TreeEntry } from "../support/tree";

const perFile = 30;

/**
 * A base and an overlay of many ordinary objects: a third each of Deployments, Services and ConfigMaps. The overlay has a
 * namespace, a prefix, labels, an image, and `patches` patches for one Deployment each.
 */
export function bigTree(resources: number, patches = 20): Tree {
  const entries = new Map<string, TreeEntry>();
  const write = (path: string, content: string) => entries.set(path, { kind: "file", content });
  const objects = Array.from({ length: resources }, (_, index) => objectOf(index));
  const files: string[] = [];
  for (let at = 0; at < objects.length; at += perFile) {
    const name = `objects-${at / perFile}.yaml`;
    files.push(name);
    write(`base/${name}`, objects.slice(at, at + perFile).join("---\n"));
  }
  write("base/kustomization.yaml", `resources:\n${files.map((file) => `- ${file}\n`).join("")}`);
  const patchNames = Array.from({ length: patches }, (_, index) => `patch-${index}.yaml`);
  for (const [index, name] of patchNames.entries()) write(`overlay/${name}`, patchOf(index, 2));
  write(
    "overlay/kustomization.yaml",
    `namespace: big
namePrefix: prod-
resources:
- ../base
labels:
- pairs: {environment: prod}
  includeTemplates: true
images:
- {name: registry.example.com/app, newTag: "2.0"}
patches:
${patchNames.map((name) => `- path: ${name}\n`).join("")}`,
  );
  return { root: "overlay", entries };
}

/** The patch of the Deployment with this number, which sets its replicas. */
export function patchOf(index: number, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
      - name: app
        env:
        - name: PATCHED
          value: "yes"
`;
}

function objectOf(index: number): string {
  const name = `app-${Math.floor(index / 3)}`;
  if (index % 3 === 0) return deployment(name);
  return index % 3 === 1 ? service(name) : configMap(name);
}

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
      - name: app
        image: registry.example.com/app:1.0
        ports:
        - containerPort: 8080
          name: http
        envFrom:
        - configMapRef:
            name: ${name}
        resources:
          requests:
            cpu: 10m
            memory: 64Mi
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
  - name: http
    port: 80
    targetPort: http
`;
}

function configMap(name: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  LOG_LEVEL: info
  GREETING: "Hello: ${name}"
  settings.yaml: |
    feature:
      enabled: true
      name: ${name}
`;
}
