import type { Hit, Rule } from "../../../analysis/rule";
import { fieldAt, isSet } from "../../../tekton/field";
import { triggersObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { triggersSample } from "../samples";

/** An interceptor with two addresses. */
export const clientConfig: Rule = {
  code: "tekton/client-config",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, spec } of triggersObjectsOf(context)) {
      const config = kind.endsWith("Interceptor") && spec !== undefined ? fieldAt(spec, "clientConfig") : undefined;
      if (config === undefined || !isSet(config.node, "url") || !isSet(config.node, "service")) continue;
      const message = "`url` and `service` exclude each other.";
      yield { place: keyPlace(config.node, "url"), message, help: "Keep one of the two." };
    }
  },
  docs: {
    summary: "An Interceptor or ClusterInterceptor has a `url` and a `service`.",
    explanation: "The webhook of Tekton Triggers refuses both together.",
    bad: triggersSample(
      "ClusterInterceptor",
      "  clientConfig:\n    url: https://check.example.com\n    service:\n      name: check\n      namespace: ci\n",
    ).replace("v1beta1", "v1alpha1"),
    good: triggersSample(
      "ClusterInterceptor",
      "  clientConfig:\n    service:\n      name: check\n      namespace: ci\n",
    ).replace("v1beta1", "v1alpha1"),
  },
};
