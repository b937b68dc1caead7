import type { BuildContext, Hit, Rule } from "../../../analysis/rule";
import { getIn, type Mapping, type Scalar } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";

const workload = (name: string): string =>
  `#- ${name}.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n      - name: main\n        image: quay.io/team/${name}:v1\n`;
const sample = (includes: string): string =>
  `#- kustomization.yaml\nresources:\n- web.yaml\n- api.yaml\nlabels:\n- pairs:\n    app: shop\n${includes}${workload("web")}${workload("api")}`;

/** Labels of a kustomization that also go into the selectors of workloads, which cannot change once they are deployed. */
export const changedSelector: Rule = {
  code: "kustomization/changed-selector",
  severity: "hint",
  scope: "build",
  check: findChanged,
  docs: {
    summary: "A label of `commonLabels`, or of `labels` with `includeSelectors`, changes the selectors of workloads.",
    explanation:
      "The API server refuses to change the selector of a Deployment, StatefulSet or DaemonSet that exists. So such a label must be there from the first deployment on and never change: a version among them is a warning. It is a warning, too, where the label takes the place of the one that told two workloads apart, so that each takes the pods of both for its own.",
    bad: sample("  includeSelectors: true\n"),
    good: sample(""),
  },
};

/** What a label does to the selectors of one build. */
interface LabelUse {
  readonly place: Place;
  readonly key: string;
  readonly value: string;
  readonly changed: ChangedSelector[];
}

interface ChangedSelector {
  readonly kind: string;
  /** Empty where the label is new, so that it hides nothing. */
  readonly name: string;
  readonly namespace: string;
  readonly before: string;
  readonly after: string;
}

function* findChanged({ result }: BuildContext): Iterable<Hit> {
  const uses = new Map<string, LabelUse>();
  for (const { node, id } of result.resources) {
    const selector = getIn(node, ["spec", "selector", "matchLabels"]);
    if (!immutable.has(id.kind) || id.group !== "apps" || selector?.kind !== "mapping") continue;
    for (const { key, value } of selector.entries) {
      const change = value.kind === "scalar" ? value.origin.change : undefined;
      if (value.kind !== "scalar" || value.text === "" || change === undefined || !setters.has(change.transformer))
        continue;
      const { place } = value.origin;
      const at = `${place.file.path}\n${place.start}`;
      const use: LabelUse = uses.get(at) ?? { place, key: key.text, value: value.text, changed: [] };
      uses.set(at, use);
      const before = change.before?.kind === "scalar" ? change.before.text : undefined;
      use.changed.push({
        kind: id.kind,
        name: before === undefined ? "" : id.name,
        namespace: id.namespace,
        before: selectorText(selector, key, before),
        after: selectorText(selector, key, value.text),
      });
    }
  }
  const plain = new Map<string, LabelUse[]>();
  for (const use of uses.values()) {
    const hit = worseHit(use);
    if (hit !== undefined) yield hit;
    else plain.set(use.place.file.path, [...(plain.get(use.place.file.path) ?? []), use]);
  }
  for (const together of plain.values()) yield* plainHit(together);
}

const immutable: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"]);
const setters: ReadonlySet<string> = new Set(["labels", "commonLabels"]);

/** Labels whose values change with every release. */
const changesOften =
  /^(?:app\.kubernetes\.io\/version|helm\.sh\/chart|version|release-version|image-tag|commit|revision)$/;

/** One hint for all labels of a file that go into selectors. */
function* plainHit(uses: readonly LabelUse[]): Iterable<Hit> {
  const [first] = [...uses].sort((a, b) => a.place.start - b.place.start);
  if (first === undefined) return;
  const names = [...new Set(uses.map(({ key }) => `\`${key}\``))].sort().join(", ");
  yield {
    place: first.place,
    message: `${names} also ${names.includes(",") ? "go" : "goes"} into selectors, and those cannot change once they are deployed.`,
    help: "Add it before the first deployment only, or leave the selectors out: `labels` with `includeTemplates`.",
  };
}

/** What is wrong with a label for more reasons than that it is in selectors. */
function worseHit(use: LabelUse): Hit | undefined {
  const { place, key, value } = use;
  const twins = findTwins(use);
  if (twins !== undefined) {
    return {
      place,
      message: `\`${key}: ${value}\` takes the place of the label that told ${twins} apart, so each selects the pods of both.`,
      help: "Choose another key, or leave the selectors out: `labels` without `includeSelectors`.",
      severity: "warning",
    };
  }
  if (!changesOften.test(key) || !/\d/.test(value)) return undefined;
  return {
    place,
    message: `\`${key}\` also goes into selectors, and those cannot change once they are deployed. With the next value, the cluster refuses the workload.`,
    help: "Leave the selectors out: `labels` with `includeTemplates` instead of `includeSelectors`.",
    severity: "warning",
  };
}

/** Two workloads that had different selectors, and have the same now because of the label. */
function findTwins({ changed }: LabelUse): string | undefined {
  const first = new Map<string, ChangedSelector>();
  for (const each of changed) {
    if (each.name === "") continue;
    // Selectors mean pods of their own namespace.
    const key = `${each.kind}\n${each.namespace}\n${each.after}`;
    const twin = first.get(key);
    if (twin === undefined) first.set(key, each);
    else if (twin.before !== each.before) return `the ${each.kind}s ${twin.name} and ${each.name}`;
  }
  return undefined;
}

/** The selector in one line, with another value of one key. */
function selectorText(selector: Mapping, key: Scalar, value: string | undefined): string {
  return selector.entries
    .map(
      (entry) =>
        `${entry.key.text}=${entry.key === key ? value : entry.value.kind === "scalar" ? entry.value.text : ""}`,
    )
    .sort()
    .join(",");
}
