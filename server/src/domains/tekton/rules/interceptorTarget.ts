import type { Hit, Rule } from "../../../analysis/rule";
import { type Field, fieldAt, isSet, withName } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { triggersObjectsOf } from "../objects";
import { headPlace, keyPlace } from "../places";
import { triggersSample } from "../samples";

/** An interceptor that nobody answers. */
export const interceptorTarget: Rule = {
  code: "tekton/interceptor-target",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { version, interceptors } of triggersObjectsOf(context)) {
      // In the first version, interceptors had fields of their own.
      if (version === "v1alpha1") continue;
      for (const interceptor of interceptors) {
        const hit = mistakeIn(interceptor);
        if (hit !== undefined) yield hit;
      }
    }
  },
  docs: {
    summary: "An interceptor names neither an Interceptor nor a Service.",
    explanation:
      "It has a `ref` with a `name`, or a `webhook` with the kind, apiVersion and name of a Service under `objectRef`. The webhook of Tekton Triggers refuses the rest.",
    bad: triggersSample(
      "EventListener",
      '  triggers:\n  - interceptors:\n    - name: main only\n      params:\n      - name: filter\n        value: body.ref == "refs/heads/main"\n    template:\n      ref: build\n',
    ),
    good: triggersSample(
      "EventListener",
      '  triggers:\n  - interceptors:\n    - name: main only\n      ref:\n        name: cel\n      params:\n      - name: filter\n        value: body.ref == "refs/heads/main"\n    template:\n      ref: build\n',
    ),
  },
};

/** Upstream: `TriggerInterceptor.validate`. */
function mistakeIn(interceptor: Field): Hit | undefined {
  const { node } = interceptor;
  if (getValue(node, "<<") !== undefined) return undefined;
  const webhook = fieldAt(interceptor, "webhook");
  if (webhook === undefined) {
    // That a `ref` has no name, its schema says.
    if (fieldAt(interceptor, "ref") !== undefined) return undefined;
    const place = headPlace(withName(interceptor));
    return { place, message: "The interceptor names nobody to ask.", help: "Add `ref`, or `webhook`." };
  }
  const service = fieldAt(webhook, "objectRef");
  if (service === undefined) {
    const place = keyPlace(node, "webhook");
    return { place, message: "The webhook names no Service.", help: "Add `objectRef`." };
  }
  const missing = ["kind", "apiVersion"].find((key) => !isSet(service.node, key));
  if (missing === undefined) return undefined;
  const help = missing === "kind" ? "Add `kind: Service`." : "Add `apiVersion: v1`.";
  return { place: keyPlace(webhook.node, "objectRef"), message: `\`${missing}\` is missing in \`objectRef\`.`, help };
}
