import { isPlaceholder } from "../../../analysis/placeholders";
import { renderedObjects } from "../../../analysis/renderedObjects";
import type { BuildContext, Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { itemsOf } from "../../../kubernetes/podTemplate";
import type { Resource } from "../../../kustomize/resource";
import { didYouMean } from "../../../platform/didYouMean";
import { getIn, getValue, type Node, textOf } from "../../../yaml/node";
import { isWhole } from "../builtObjects";
import { ingressBackends } from "../parts";

/** An Ingress or a Route that uses a port that its Service does not have. */
export const missingServicePort: Rule = {
  code: "core/missing-service-port",
  severity: "warning",
  scope: "build",
  *check(context): Iterable<Hit> {
    if (!isWhole(context)) return;
    const objects = renderedObjects(context.result);
    for (const resource of objects.ofKind("networking.k8s.io", "Ingress")) yield* checkIngress(resource, context);
    for (const resource of objects.ofKind("route.openshift.io", "Route")) yield* checkRoute(resource, context);
  },
  docs: {
    summary: "An Ingress or a Route uses a port that its Service does not have.",
    explanation:
      "Requests fail. An Ingress takes the name or number of a port of the Service; a Route the name of one, or the number at which the pods listen.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  defaultBackend:\n    service: {name: web, port: {name: https}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{name: http, port: 80}]\n",
    good: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  defaultBackend:\n    service: {name: web, port: {name: http}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{name: http, port: 80}]\n",
  },
  fix: useSuggestion,
};

function* checkIngress({ node, id }: Resource, context: BuildContext): Iterable<Hit> {
  for (const { backend } of ingressBackends(node)) {
    const ports = findPorts(getIn(backend, ["service", "name"]), id.namespace, context);
    if (ports === undefined) continue;
    const [name, number] = ["name", "number"].map((field) => getIn(backend, ["service", "port", field]));
    if (textOf(name)) yield* compare(name, textsOf(ports, ["name"]), "no port called");
    else yield* compare(number, textsOf(ports, ["port"]), "no port");
  }
}

function* checkRoute({ node, id }: Resource, context: BuildContext): Iterable<Hit> {
  const ports = findPorts(getIn(node, ["spec", "to", "name"]), id.namespace, context);
  if (ports === undefined) return;
  // The number of the Service's port may be what the pods listen on, too.
  yield* compare(
    getIn(node, ["spec", "port", "targetPort"]),
    textsOf(ports, ["name", "targetPort", "port"]),
    "no port",
  );
}

/** The ports of the Service of that name; `undefined` when it is not in the build, or only a name for another host. */
function findPorts(name: Node | undefined, namespace: string, { result }: BuildContext): readonly Node[] | undefined {
  const [service, ...more] = renderedObjects(result).find("", "Service", textOf(name) ?? "", namespace);
  if (service === undefined || more.length > 0) return undefined;
  const spec = getValue(service.node, "spec");
  const ports = itemsOf(getValue(spec, "ports"));
  return ports.length === 0 || textOf(getValue(spec, "type")) === "ExternalName" ? undefined : ports;
}

function textsOf(ports: readonly Node[], fields: readonly string[]): readonly string[] {
  return [...new Set(fields.flatMap((field) => ports.flatMap((port) => textOf(getValue(port, field)) ?? [])))];
}

function* compare(port: Node | undefined, known: readonly string[], words: string): Iterable<Hit> {
  const text = textOf(port);
  if (port === undefined || !text || isPlaceholder(text) || known.includes(text)) return;
  const suggestion = /^\d+$/.test(text) ? undefined : didYouMean(text, known);
  const has = known.length === 0 ? "its ports have no names" : `only ${known.map((each) => `\`${each}\``).join(", ")}`;
  yield {
    place: port.origin.place,
    message: `The Service has ${words} \`${text}\`: ${has}.`,
    help: suggestion === undefined ? "Use a port that the Service has." : `Did you mean \`${suggestion}\`?`,
    data: { suggestion },
  };
}
