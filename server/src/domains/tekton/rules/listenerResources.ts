import type { Hit, Rule } from "../../../analysis/rule";
import { type Field, fieldAt, fieldsAt, isSet, namedFieldsAt, scalarAt } from "../../../tekton/field";
import { triggersObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { triggersSample } from "../samples";

/** Settings of the pod and Service of an EventListener that do not go together. */
export const listenerResources: Rule = {
  code: "tekton/listener-resources",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, spec } of triggersObjectsOf(context)) {
      const resources = kind === "EventListener" && spec !== undefined ? fieldAt(spec, "resources") : undefined;
      if (resources === undefined) continue;
      const plain = fieldAt(resources, "kubernetesResource");
      const custom = fieldAt(resources, "customResource");
      if (plain !== undefined && custom !== undefined) {
        const message = "`kubernetesResource` and `customResource` exclude each other.";
        yield { place: keyPlace(resources.node, "customResource"), message, help: "Keep one of the two." };
        continue;
      }
      if (plain !== undefined) yield* serviceMistakes(plain);
      for (const each of [plain, custom]) if (each !== undefined) yield* containerMistakes(each);
    }
  },
  docs: {
    summary: "The `resources` of an EventListener contradict each other.",
    explanation:
      "The webhook of Tekton Triggers takes a `kubernetesResource` or a `customResource`, one container at most, `TLS_CERT` and `TLS_KEY` together only, variables from Secrets only, and a class of load balancers for the type `LoadBalancer` only.",
    bad: triggersSample(
      "EventListener",
      "  triggers:\n  - template:\n      ref: build\n  resources:\n    kubernetesResource:\n      serviceType: ClusterIP\n      serviceLoadBalancerClass: internal\n",
    ),
    good: triggersSample(
      "EventListener",
      "  triggers:\n  - template:\n      ref: build\n  resources:\n    kubernetesResource:\n      serviceType: LoadBalancer\n      serviceLoadBalancerClass: internal\n",
    ),
  },
};

function* serviceMistakes({ node }: Field): Iterable<Hit> {
  if (!isSet(node, "serviceLoadBalancerClass") || scalarAt(node, "serviceType")?.text === "LoadBalancer") return;
  const message = "`serviceLoadBalancerClass` is for the type `LoadBalancer` only.";
  yield {
    place: keyPlace(node, "serviceLoadBalancerClass"),
    message,
    help: "Remove it, or set `serviceType: LoadBalancer`.",
  };
}

function* containerMistakes(resource: Field): Iterable<Hit> {
  const pod = ["spec", "template", "spec"].reduce<Field | undefined>(
    (field, key) => field && fieldAt(field, key),
    resource,
  );
  if (pod === undefined) return;
  const [container, second] = fieldsAt(pod, "containers");
  if (second !== undefined) {
    const message = "An EventListener has one container.";
    yield { place: keyPlace(second.node, "name"), message, help: "Remove the others." };
  }
  const variables = container === undefined ? [] : namedFieldsAt(container, "env");
  for (const { node, name } of variables) {
    if (!isSet(node, "value")) continue;
    const message = `\`${name}\` must come from a Secret.`;
    yield { place: keyPlace(node, "value"), message, help: "Write `valueFrom` with a `secretKeyRef`." };
  }
  const [tls, other] = variables.filter(({ name }) => name === "TLS_CERT" || name === "TLS_KEY");
  if (tls === undefined || other !== undefined) return;
  const missing = tls.name === "TLS_KEY" ? "TLS_CERT" : "TLS_KEY";
  const message = `\`${tls.name}\` without \`${missing}\` makes no TLS.`;
  yield { place: (tls.nameNode ?? tls.node).origin.place, message, help: `Add \`${missing}\`.` };
}
