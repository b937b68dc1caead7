import { isPlaceholder } from "../../../analysis/placeholders";
import { renderedObjects } from "../../../analysis/renderedObjects";
import type { BuildContext, Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import type { Resource } from "../../../kustomize/resource";
import { didYouMean } from "../../../platform/didYouMean";
import { getIn, getValue } from "../../../yaml/node";
import { isWhole, sourceName } from "../builtObjects";
import { type PartMention, partsOf } from "../parts";

const sample = (key: string): string => `#- kustomization.yaml
resources: [pod.yaml]
configMapGenerator:
- name: settings
  literals: [colour=blue]
#- pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: web:1.2
    env:
    - name: COLOUR
      valueFrom:
        configMapKeyRef: {name: settings, key: ${key}}
`;

/** A key that the ConfigMap or Secret in the build does not have. */
export const missingKey: Rule = {
  code: "core/missing-key",
  severity: "warning",
  scope: "build",
  *check(context): Iterable<Hit> {
    if (!isWhole(context)) return;
    for (const { node } of context.result.resources) {
      for (const mention of partsOf(node).mentions) {
        if (mention.part?.type === "key" && mention.optional !== true) yield* checkKey(mention, context);
      }
    }
  },
  docs: {
    summary: "A pod takes a key from a ConfigMap or Secret that has no such key.",
    explanation:
      "The container does not start, and a volume is not mounted. Keys of generators count as well. Where the key may come later, write `optional: true`. Secrets without any data, and objects into which something else writes, are left alone.",
    bad: sample("color"),
    good: sample("colour"),
  },
  fix: useSuggestion,
};

function* checkKey({ object, part, place }: PartMention, { result }: BuildContext): Iterable<Hit> {
  const { group, kind, name, namespace } = object;
  const key = part?.name ?? "";
  const holders = renderedObjects(result).find(group, kind, name, namespace);
  if (holders.length === 0 || isPlaceholder(key) || holders.some(isFilledIn)) return;
  const keys = holders.flatMap(({ node }) => partsOf(node).definitions.map((each) => each.part?.name ?? ""));
  if (keys.length === 0 || keys.includes(key)) return;
  const [holder] = holders;
  const called = holder === undefined ? name : sourceName(holder);
  const suggestion = didYouMean(key, keys);
  const has = keys.length > 6 ? `${keys.length} others` : keys.map((each) => `\`${each}\``).join(", ");
  yield {
    place,
    message: `The ${kind} \`${called}\` has no key \`${key}\`, only ${has}. The container does not start without it.`,
    help: suggestion === undefined ? "Add the key, or correct its name." : `Did you mean \`${suggestion}\`?`,
    data: { suggestion },
    related: holders.flatMap(({ node }) => {
      const target = getIn(node, ["metadata", "name"]);
      return target === undefined ? [] : [{ place: target.origin.place, message: `This is \`${called}\`.` }];
    }),
  };
}

/** Labels and annotations by which something asks to write into the object. */
const writers =
  /inject|vault|avp\.kubernetes\.io|reflector|replicat|mirror|kopf|sealedsecrets|operator\.|argocd\.argoproj\.io\/(?:hook|compare)|kubed/;

/** Whether the data of an object are completed by something else than the build. */
function isFilledIn({ node }: Resource): boolean {
  if (getValue(node, "sops") !== undefined) return false;
  return ["labels", "annotations"].some((field) => {
    const pairs = getIn(node, ["metadata", field]);
    return pairs?.kind === "mapping" && pairs.entries.some(({ key }) => writers.test(key.text));
  });
}
