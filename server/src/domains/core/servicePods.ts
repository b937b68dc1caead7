import { renderedObjects } from "../../analysis/renderedObjects";
import { findLikelyPodTemplate, labelsOf, type PodTemplate } from "../../kubernetes/podTemplate";
import type { BuildResult } from "../../kustomize/build";
import type { Resource } from "../../kustomize/resource";
import { getIn, type Mapping } from "../../yaml/node";

/** A pod of a build, with what makes it. */
export interface BuiltPod {
  readonly resource: Resource;
  readonly template: PodTemplate;
  readonly labels: ReadonlyMap<string, string>;
}

/** A Service that selects pods. */
export interface SelectingService {
  readonly resource: Resource;
  /** The selector as written. */
  readonly selector: Mapping;
  /** Without labels that pods get only when they run. */
  readonly wanted: ReadonlyMap<string, string>;
  /** The pods of the build in its namespace. */
  readonly around: readonly BuiltPod[];
  /** Those of them that it selects. */
  readonly selected: readonly BuiltPod[];
}

/** Labels that controllers give pods when they make them: templates never have them. */
const givenLabels =
  /^(?:statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|controller-revision-hash|pod-template-hash|rollouts-pod-template-hash|(?:batch\.kubernetes\.io\/)?(?:job-name|controller-uid)|deployment(?:config)?)$/;

const known = new WeakMap<BuildResult, readonly SelectingService[]>();

/** The Services of a build that select pods, with the pods that they select; found once for each build. */
export function servicesWithPods(result: BuildResult): readonly SelectingService[] {
  let services = known.get(result);
  if (services === undefined) {
    services = [...findServices(result)];
    known.set(result, services);
  }
  return services;
}

function* findServices(result: BuildResult): Iterable<SelectingService> {
  const services = renderedObjects(result).ofKind("", "Service");
  if (services.length === 0) return;
  const pods = podsByNamespace(result);
  for (const resource of services) {
    const selector = getIn(resource.node, ["spec", "selector"]);
    if (selector?.kind !== "mapping" || selector.entries.length === 0) continue;
    const wanted = new Map([...labelsOf(selector)].filter(([key]) => !givenLabels.test(key)));
    const around = pods.get(resource.id.namespace) ?? [];
    const selected = around.filter(({ labels }) => [...wanted].every(([key, value]) => labels.get(key) === value));
    yield { resource, selector, wanted, around, selected };
  }
}

function podsByNamespace({ resources }: BuildResult): ReadonlyMap<string, readonly BuiltPod[]> {
  const pods = new Map<string, BuiltPod[]>();
  for (const resource of resources) {
    const template = findLikelyPodTemplate(resource.node);
    if (template === undefined) continue;
    const { namespace } = resource.id;
    const list = pods.get(namespace) ?? [];
    list.push({ resource, template, labels: labelsOf(template.labels) });
    pods.set(namespace, list);
  }
  return pods;
}
