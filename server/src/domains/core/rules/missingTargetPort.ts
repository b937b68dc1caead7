import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { containersOf, itemsOf } from "../../../kubernetes/podTemplate";
import { didYouMean } from "../../../platform/didYouMean";
import { getIn, getValue, type Node, textOf } from "../../../yaml/node";
import { isWhole } from "../builtObjects";
import { type BuiltPod, type SelectingService, servicesWithPods } from "../servicePods";

/** A Service that sends to a port that its pods do not have. */
export const missingTargetPort: Rule = {
  code: "core/missing-target-port",
  severity: "warning",
  scope: "build",
  *check(context): Iterable<Hit> {
    if (!isWhole(context)) return;
    for (const service of servicesWithPods(context.result)) {
      if (service.selected.length > 0 && !service.selected.some(getsContainers)) yield* checkPorts(service);
    }
  },
  docs: {
    summary: "A Service sends to a port that none of its pods has.",
    explanation:
      "A port that is called by name must have that name in a container: a Service without such a pod has no endpoints. A number works without being declared, so it is an information, and only where the pods declare ports and none that the Service leads to. Pods into which something injects containers are left alone.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80, targetPort: web}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    ports: [{name: http, containerPort: 8080}]\n",
    good: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80, targetPort: http}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    ports: [{name: http, containerPort: 8080}]\n",
  },
  fix: useSuggestion,
};

/** Whether an admission webhook puts containers into the pod that the template does not show. */
function getsContainers({ template }: BuiltPod): boolean {
  return [template.labels, template.annotations].some((pairs) =>
    pairs?.entries.some(({ key }) => /inject|sidecar|istio|linkerd|vault|dapr|consul/.test(key.text)),
  );
}

function* checkPorts({ resource, selected }: SelectingService): Iterable<Hit> {
  const ports = selected.flatMap(({ template }) =>
    [...containersOf(template.spec)].flatMap(({ node }) => itemsOf(getValue(node, "ports"))),
  );
  const names = new Set(ports.flatMap((port) => textOf(getValue(port, "name")) ?? []));
  const numbers = new Set(ports.flatMap((port) => textOf(getValue(port, "containerPort")) ?? []));
  const holder =
    selected.length === 1 ? `the ${selected[0]?.resource.id.kind} \`${selected[0]?.resource.id.name}\`` : "the pods";
  const targets = itemsOf(getIn(resource.node, ["spec", "ports"])).map(targetOf);
  // A port for metrics is often not declared, beside others that are.
  const leadsSomewhere = targets.some((target) => names.has(textOf(target) ?? "") || numbers.has(textOf(target) ?? ""));
  for (const target of targets) {
    const text = textOf(target);
    if (target === undefined || !text || isPlaceholder(text) || names.has(text) || numbers.has(text)) continue;
    if (!/^\d+$/.test(text)) yield unnamed(target, text, names, holder);
    else if (numbers.size > 0 && !leadsSomewhere) yield undeclared(target, text, numbers, holder);
  }
}

/** What a port sends to: its own number unless it says another. */
function targetOf(port: Node): Node | undefined {
  const target = getValue(port, "targetPort");
  return textOf(target) ? target : getValue(port, "port");
}

function unnamed(target: Node, name: string, names: ReadonlySet<string>, holder: string): Hit {
  const suggestion = didYouMean(name, names) ?? (names.size === 1 ? [...names][0] : undefined);
  return {
    place: target.origin.place,
    message: `No container of ${holder} has a port called \`${name}\`, so the Service leads nowhere.`,
    help: suggestion === undefined ? "Name a port of the container so." : `Did you mean \`${suggestion}\`?`,
    data: { suggestion },
  };
}

function undeclared(target: Node, number: string, numbers: ReadonlySet<string>, holder: string): Hit {
  const declared = [...numbers].slice(0, 5).join(", ");
  return {
    place: target.origin.place,
    message: `No container of ${holder} declares port ${number}, only ${declared}.`,
    help: "Check the number. A port that a container does not declare works, too, if something listens there.",
    severity: "information",
  };
}
