import { join } from "node:path";
import { nodeBundleFiles } from "../../server/src/platform/node/bundleFiles";
import { createBundle } from "../../server/src/schema/bundle";
import { openTypist } from "../support/typing";
import type { Report } from "./benchDocuments";

/** How many places of the document are asked for, and how often. */
const places = 150;
const rounds = 3;

/**
 * Measures completion and hover in a Deployment of 300 lines without a process around them: at places all over the document a line
 * break is typed, which makes it a new text, and what may stand there is asked for.
 */
export async function benchAuthoring(project: string, { title, show, budget }: Report): Promise<void> {
  title("A Deployment of 300 lines, in process");
  const bundle = createBundle(nodeBundleFiles(join(project, "dist/schemas")));
  const typist = await openTypist("#- README.md\n", "web.yaml", { plainText: false, bundle });
  const text = deploymentOf(300);
  const completion: number[] = [];
  const hover: number[] = [];
  let offered = 0;
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < places; place++) {
      const line = text.lastIndexOf("\n", Math.floor((text.length * place) / places)) + 1;
      const indent = /^[ -]*/.exec(text.slice(line))?.[0].length ?? 0;
      const typed = `${text.slice(0, line)}${" ".repeat(indent)}\n${text.slice(line)}`;
      const start = performance.now();
      offered += (await typist.complete(typed, line + indent)).length;
      const middle = performance.now();
      await typist.hover(typed, line + 2 * indent + 2);
      hover.push(performance.now() - middle);
      completion.push(middle - start);
    }
  }
  if (offered < rounds * places) throw new Error("hardly anything was offered");
  const [first = Number.NaN] = completion;
  show("completion, the first, which reads the schema", first);
  show("completion, p50", at(completion, 0.5));
  show("completion, p95", at(completion, 0.95));
  show("hover, p50", at(hover, 0.5));
  show("hover, p95", at(hover, 0.95));
  budget("completion, p50", at(completion, 0.5), "ms", { atMost: 10 });
  budget("hover, p50", at(hover, 0.5), "ms", { atMost: 10 });
}

function at(taken: readonly number[], share: number): number {
  const sorted = [...taken].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

/** A Deployment with as many containers as it takes to fill some lines. */
function deploymentOf(lines: number): string {
  let text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
`;
  for (let i = 0; text.split("\n").length < lines; i++) text += container(`app-${i}`);
  return text;
}

function container(name: string): string {
  return `      - name: ${name}
        image: registry.example.com/shop/${name}:1.4.2
        ports:
        - name: http
          containerPort: 8080
        env:
        - name: HOST
          value: "${name}"
        - name: PASSWORD
          valueFrom:
            secretKeyRef:
              name: ${name}
              key: password
        readinessProbe:
          httpGet:
            path: /ready
            port: http
        resources:
          limits:
            memory: 256Mi
`;
}
