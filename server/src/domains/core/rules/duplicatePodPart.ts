import type { Hit } from "../../../analysis/rule";
import { containersOf, itemsOf, type PodTemplate } from "../../../kubernetes/podTemplate";
import { getValue, type Node, textOf } from "../../../yaml/node";
import { podRule } from "./podRule";

/** Two containers, volumes or mounts that only one may be. */
export const duplicatePodPart = podRule({
  code: "core/duplicate-pod-part",
  severity: "error",
  *check({ template }): Iterable<Hit> {
    for (const [what, names] of namesOf(template)) {
      const first = new Map<string, Node>();
      for (const name of names) {
        const text = textOf(name) ?? "";
        const earlier = first.get(text);
        if (earlier === undefined) first.set(text, name);
        else {
          const { place } = earlier.origin;
          yield {
            place: name.origin.place,
            message: `The pod has two ${what} \`${text}\`.`,
            help: "Remove one of the two, or give it another name.",
            related: [{ place, message: "The first stands here." }],
          };
        }
      }
    }
  },
  docs: {
    summary: "A pod has two containers or volumes of one name, or a container mounts two volumes at one path.",
    explanation: "The API server refuses the object. Containers and init containers share their names.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n  - name: web\n    image: proxy:2.0\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n  - name: proxy\n    image: proxy:2.0\n",
  },
});

/** Everything of which a pod may have only one of a name, with the words for two of them. */
function* namesOf({ spec }: PodTemplate): Iterable<readonly [string, readonly Node[]]> {
  const fieldOf = (items: readonly Node[], field: string): readonly Node[] =>
    items.map((item) => getValue(item, field)).filter((each) => each !== undefined);
  const containers = [...containersOf(spec)].map(({ node }) => node);
  yield ["containers called", fieldOf(containers, "name")];
  yield ["volumes called", fieldOf(itemsOf(getValue(spec, "volumes")), "name")];
  for (const container of containers) {
    yield ["mounts at", fieldOf(itemsOf(getValue(container, "volumeMounts")), "mountPath")];
    yield ["ports called", fieldOf(itemsOf(getValue(container, "ports")), "name")];
  }
}
