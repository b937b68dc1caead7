import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { findNearName } from "../../../kubernetes/nearName";
import { getIn, getValue, type Mapping, type Scalar } from "../../../yaml/node";
import { hasMakers, isWhole } from "../builtObjects";
import { type BuiltPod, type SelectingService, servicesWithPods } from "../servicePods";

/** A Service that selects no pods, though the build has some that nearly fit. */
export const selectsNoPods: Rule = {
  code: "core/selects-no-pods",
  severity: "warning",
  scope: "build",
  *check(context): Iterable<Hit> {
    if (!isWhole(context)) return;
    const isOnlySlip = hasMakers(context.result);
    const services = servicesWithPods(context.result);
    const taken = new Set(services.flatMap(({ selected }) => selected.map(({ resource }) => resource)));
    for (const service of services) {
      const isMeantForOthers = [...service.wanted].flat().some(isPlaceholder);
      if (service.selected.length > 0 || service.wanted.size === 0 || isMeantForOthers) continue;
      const hit = describe(
        service,
        service.around.filter(({ resource }) => !taken.has(resource)),
        isOnlySlip,
      );
      if (hit !== undefined) yield hit;
    }
  },
  docs: {
    summary: "A Service selects no pods, and the build has pods that nearly fit.",
    explanation:
      "The Service has no endpoints, and requests to it fail. It is told when pods that no other Service of the build selects differ in one label only. Where an operator may bring the pods, only slips of the keys are told.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web, tier: front}\n  ports: [{port: 80}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web, tier: frontend}}\nspec:\n  containers: [{name: web, image: web:1.2}]\n",
    good: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web, tier: frontend}\n  ports: [{port: 80}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web, tier: frontend}}\nspec:\n  containers: [{name: web, image: web:1.2}]\n",
  },
  fix: useSuggestion,
};

/** Something gives pods such labels while they run: who leads, which half of a release it is. */
const runningLabels =
  /role|leader|master|primary|replica|version|release|slot|color|colour|active|track|variant|pod-|index/i;

/** What is wrong with a Service, if one of the free pods is meant; with `isOnlySlip`, only where a value differs by a slip of the keys. */
function describe(
  { resource, selector, wanted }: SelectingService,
  free: readonly BuiltPod[],
  isOnlySlip: boolean,
): Hit | undefined {
  const near = free.flatMap((pod) => {
    const differing = [...wanted].filter(([key, value]) => pod.labels.get(key) !== value);
    const [first] = differing;
    return first !== undefined && differing.length === 1 ? [{ pod, key: first[0], value: first[1] }] : [];
  });
  // The one of the same name is meant, or the only one.
  const best =
    near.find(({ pod }) => pod.resource.id.name === resource.id.name) ?? (near.length === 1 ? near[0] : undefined);
  if (best === undefined || runningLabels.test(best.key)) return undefined;
  const { pod, key, value } = best;
  const has = pod.labels.get(key);
  // With one label in all, nothing else tells that these pods are meant.
  const isSure = wanted.size > 1 || pod.resource.id.name === resource.id.name || isSlip(value, has);
  if (!isSure || has === undefined || (isOnlySlip && !isSlip(value, has))) return undefined;
  const place = scalarAt(selector, key)?.origin.place ?? selector.origin.place;
  const { kind, name } = pod.resource.id;
  const target = getIn(pod.resource.node, ["metadata", "name"]);
  return {
    place,
    message: `The Service selects no pods: it wants \`${key}: ${value}\`, and those of the ${kind} \`${name}\` have \`${has}\`.`,
    help: `Did you mean \`${has}\`?`,
    data: { suggestion: has },
    related: target === undefined ? [] : [{ place: target.origin.place, message: `This is the ${kind}.` }],
  };
}

function isSlip(value: string, has: string | undefined): boolean {
  return has !== undefined && findNearName(value, [has]) !== undefined;
}

function scalarAt(selector: Mapping, key: string): Scalar | undefined {
  const value = getValue(selector, key);
  return value?.kind === "scalar" ? value : undefined;
}
