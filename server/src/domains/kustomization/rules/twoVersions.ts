import type { Rule } from "../../../analysis/rule";
import type { Resource } from "../../../kustomize/resource";
import { effectiveNamespace } from "../../../kustomize/resourceId";
import { getValue } from "../../../yaml/node";

const scaler = (version: string, file: string): string =>
  `#- ${file}.yaml\napiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  maxReplicas: 3\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n`;

/** One object in two versions of its API: Kustomize takes it for two, the cluster for one. */
export const twoVersions: Rule = {
  code: "kustomization/two-versions",
  severity: "warning",
  scope: "build",
  *check({ result }) {
    const first = new Map<string, Resource>();
    for (const resource of result.resources) {
      const { id, node } = resource;
      const key = `${id.group}\n${id.kind}\n${effectiveNamespace(id)}\n${id.name}`;
      const twin = first.get(key);
      if (twin === undefined) first.set(key, resource);
      else if (twin.id.version !== id.version) {
        yield {
          place: (getValue(node, "apiVersion") ?? node).origin.place,
          message: `The ${id.kind} ${id.name} is in the build twice, as ${twin.id.version} and as ${id.version}. In the cluster it is one object.`,
          help: "Remove one of the two.",
          related: [
            { place: (getValue(twin.node, "apiVersion") ?? twin.node).origin.place, message: "The other one is here." },
          ],
        };
      }
    }
  },
  docs: {
    summary: "One object is in a build in two versions of its API.",
    explanation:
      "Kustomize tells objects apart by group, version, kind, namespace and name, so it does not see a duplicate. The cluster stores one object, and the one that is applied last wins.",
    bad: `#- kustomization.yaml\nresources:\n- a.yaml\n- b.yaml\n${scaler("v1", "a")}${scaler("v2", "b")}`,
    good: `#- kustomization.yaml\nresources:\n- b.yaml\n${scaler("v2", "b")}`,
  },
};
