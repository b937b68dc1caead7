import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { readEmbedded } from "../../../kustomize/embedded";
import { placeOfStep } from "../../../kustomize/merge/pointerStop";
import type { Snapshot } from "../../../workspace/snapshot";
import type { SourceDocument } from "../../../yaml/document";
import { getValue, type Node, textOf } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";

const patched = (patch: string): string =>
  `#- kustomization.yaml\nresources:\n- job.yaml\npatches:\n- target:\n    kind: Job\n  patch: |-\n${patch}#- job.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: fill\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: fill\n        image: quay.io/team/fill:v1\n        env:\n        - name: TARGET\n          value: base\n`;

/** An environment variable that a JSON patch means by its position. */
export const patchByPosition: Rule = {
  code: "kustomization/patch-by-position",
  severity: "hint",
  scope: "workspace",
  *check(context) {
    const { snapshot } = context;
    const failed = failedPlaces(context);
    for (const { root } of snapshot.graph.kustomizations.flatMap(({ file }) => patchesOf(snapshot, file))) {
      const operations = root?.kind === "sequence" ? root.items : [];
      // Whoever tests first that the right variable stands there knows of the trap.
      if (operations.some((operation) => textOf(getValue(operation, "op")) === "test")) continue;
      for (const operation of operations) {
        // One that cannot be applied as it is has to be written anew anyway.
        if (!failed.some((place) => isWithin(place, operation.origin.place))) yield* judge(operation);
      }
    }
  },
  docs: {
    summary: "A JSON patch changes an environment variable by its position in the list.",
    explanation:
      "When somebody adds a variable in front of it, the patch changes another one, and nobody is told. A strategic-merge patch means variables and containers by their names.",
    bad: patched("    - op: replace\n      path: /spec/template/spec/containers/0/env/0/value\n      value: dev\n"),
    good: patched(
      "    apiVersion: batch/v1\n    kind: Job\n    metadata:\n      name: fill\n    spec:\n      template:\n        spec:\n          containers:\n          - name: fill\n            env:\n            - name: TARGET\n              value: dev\n",
    ),
  },
};

/** Where builds say that an operation of a JSON patch does not fit its object. */
function failedPlaces({ builds }: WorkspaceContext): readonly Place[] {
  const problems = builds.flatMap(({ result }) => result.problems);
  return problems.flatMap(({ code, place }) => (code === "kustomization/json-patch-failed" ? [place] : []));
}

function isWithin(inner: Place, outer: Place): boolean {
  return inner.file.path === outer.file.path && outer.start <= inner.start && inner.end <= outer.end;
}

/** The patches that stand in a kustomization, with the places that they have there. */
function patchesOf(snapshot: Snapshot, path: string): readonly SourceDocument[] {
  return (snapshot.facts(path).inlinePatches ?? []).flatMap(readEmbedded);
}

function* judge(operation: Node): Iterable<Hit> {
  const path = getValue(operation, "path");
  const op = textOf(getValue(operation, "op"));
  if (path?.kind !== "scalar" || (op !== "replace" && op !== "remove")) return;
  const steps = path.text.split("/").slice(1);
  const at = steps.findIndex((step, i) => /^\d+$/.test(step) && steps[i - 1] === "env");
  if (at < 0) return;
  yield {
    place: placeOfStep(path, at),
    message:
      "This means an environment variable by its position, so a variable that is added in front of it gets the change.",
    help: "Use a strategic-merge patch, which means containers and variables by name.",
  };
}
