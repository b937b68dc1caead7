import type { Hit } from "../../../analysis/rule";
import { containersOf } from "../../../kubernetes/podTemplate";
import { parseQuantity } from "../../../kubernetes/quantity";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { podRule } from "./podRule";

/** A container that wants more than it may have. */
export const limitsBelowRequests = podRule({
  code: "core/limits-below-requests",
  severity: "error",
  *check({ template }): Iterable<Hit> {
    for (const { node } of containersOf(template.spec)) {
      const requests = getIn(node, ["resources", "requests"]);
      const limits = getIn(node, ["resources", "limits"]);
      if (requests?.kind !== "mapping") continue;
      for (const { key, value } of requests.entries) {
        const limit = getValue(limits, key.text);
        const [wanted, allowed] = [textOf(value) ?? "", textOf(limit) ?? ""];
        const [request, most] = [parseQuantity(wanted), parseQuantity(allowed)];
        if (limit === undefined || request === undefined || most === undefined || request <= most) continue;
        yield {
          place: value.origin.place,
          message: `The container requests \`${wanted}\` of ${key.text}, and its limit is \`${allowed}\`.`,
          help: "Raise the limit, or lower the request.",
          related: [{ place: limit.origin.place, message: "The limit stands here." }],
        };
      }
    }
  },
  docs: {
    summary: "A container requests more of a resource than its limit allows.",
    explanation:
      "The API server refuses the object. It is judged after all patches: often an overlay raises the request and forgets the limit of the base.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    resources:\n      requests: {memory: 1Gi}\n      limits: {memory: 512Mi}\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    resources:\n      requests: {memory: 512Mi}\n      limits: {memory: 1Gi}\n",
  },
});
