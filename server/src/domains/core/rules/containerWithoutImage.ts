import type { Hit } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { findNearName } from "../../../kubernetes/nearName";
import { containersOf } from "../../../kubernetes/podTemplate";
import { getIn, getValue, type Mapping, textOf } from "../../../yaml/node";
import { podRule } from "./podRule";

const sample = (name: string): string =>
  `#- kustomization.yaml\nresources:\n- web.yaml\npatches:\n- path: more-memory.yaml\n#- web.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: server\n    image: web:1.2\n#- more-memory.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: ${name}\n    resources:\n      limits:\n        memory: 1Gi\n`;

/** A container that a patch adds, since no container of the object has the name that it means. */
export const containerWithoutImage = podRule({
  code: "core/container-without-image",
  severity: "error",
  *check({ node, template }): Iterable<Hit> {
    if (isFilledIn(node)) return;
    const containers = [...containersOf(template.spec)].map((each) => each.node);
    const others = containers.filter((each) => hasImage(each) && !isFromElsewhere(each, node));
    for (const container of containers) {
      const name = getValue(container, "name");
      const text = textOf(name);
      if (name === undefined || text === undefined || hasImage(container) || !isFromElsewhere(container, node))
        continue;
      if (injected.has(text)) continue;
      const names = others.flatMap((each) => textOf(getValue(each, "name")) ?? []);
      const near = findNearName(text, names);
      const suggestion = names.length === 1 ? names[0] : near;
      yield {
        place: name.origin.place,
        message: `No container is called \`${text}\`, so the patch adds one, and that has no image.`,
        help:
          suggestion === undefined
            ? "Name a container that is there, or add an `image`."
            : `Did you mean \`${suggestion}\`?`,
        data: { suggestion },
        // Something in the cluster that we do not know may fill in what is no slip.
        severity: near === undefined ? "warning" : undefined,
      };
    }
  },
  docs: {
    summary: "A patch adds a container without an image.",
    explanation:
      "A patch means containers by their names. With a name that no container has, it adds another container, and the API server refuses the object.",
    bad: sample("sever"),
    good: sample("server"),
  },
  fix: useSuggestion,
});

/** Service meshes add these containers themselves, with what a manifest says of them. */
const injected: ReadonlySet<string> = new Set(["istio-proxy", "istio-init", "istio-validation", "linkerd-proxy"]);

/** OpenShift fills in images that have triggers. */
function isFilledIn(node: Mapping): boolean {
  const trigger = getIn(node, ["metadata", "annotations", "image.openshift.io/triggers"]);
  return trigger !== undefined || textOf(getValue(node, "kind")) === "DeploymentConfig";
}

function hasImage(container: Mapping): boolean {
  return (textOf(getValue(container, "image")) ?? "") !== "";
}

/** Whether a part was written in another file than its object, or in another document of it. */
function isFromElsewhere(part: Mapping, object: Mapping): boolean {
  const [a, b] = [part.origin.place, object.origin.place];
  return a.file.path !== b.file.path || a.start < b.start || a.end > b.end;
}
