import type { Rule } from "../../../analysis/rule";
import type { BuildResult } from "../../../kustomize/build";
import type { Node, Scalar } from "../../../yaml/node";
import type { SourceFile } from "../../../yaml/source";

const sample = (lines: string): string =>
  `#- kustomization.yaml\nresources:\n- web.yaml\npatches:\n- path: p.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  strategy:\n    rollingUpdate:\n      maxSurge: 1\n#- p.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  strategy:\n${lines}    type: Recreate\n`;

/** Directives that the API server knows in patches and Kustomize does not: they end up in the object. */
export const ignoredDirective: Rule = {
  code: "kustomization/ignored-directive",
  severity: "warning",
  scope: "build",
  *check({ result }) {
    if (!mayHold(result)) return;
    for (const { node } of result.resources) {
      for (const key of directivesIn(node)) {
        yield {
          place: key.origin.place,
          message: `Kustomize does not know \`${key.text}\` and puts it into the object as a field.`,
          help: "Write what is to go as `null`, or use `$patch: delete` or `$patch: replace`.",
        };
      }
    }
  },
  docs: {
    summary: "A patch has a directive that Kustomize does not know.",
    explanation:
      "Of the directives of strategic-merge patches Kustomize knows `$patch` with `delete`, `replace` and `merge`. `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` become fields of the object, which the API server does not have.",
    bad: sample("    $retainKeys:\n    - type\n"),
    good: sample("    rollingUpdate: null\n"),
  },
};

const directive = /^\$(?:retainKeys$|setElementOrder\/|deleteFromPrimitiveList\/)/;
const texts = new WeakMap<SourceFile, boolean>();

/** A look at the texts of a build, so that objects are searched only where there is something to find. */
function mayHold({ filesRead }: BuildResult): boolean {
  for (const found of filesRead.values()) {
    if (found.kind !== "file") continue;
    let holds = texts.get(found.source);
    if (holds === undefined) {
      holds = /\$(?:retainKeys|setElementOrder|deleteFromPrimitiveList)/.test(found.source.text);
      texts.set(found.source, holds);
    }
    if (holds) return true;
  }
  return false;
}

function* directivesIn(node: Node): Iterable<Scalar> {
  if (node.kind === "sequence") for (const item of node.items) yield* directivesIn(item);
  if (node.kind !== "mapping") return;
  for (const { key, value } of node.entries) {
    if (directive.test(key.text)) yield key;
    else yield* directivesIn(value);
  }
}
