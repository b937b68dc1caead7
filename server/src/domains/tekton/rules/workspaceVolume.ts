import type { Hit, Rule } from "../../../analysis/rule";
import { fieldAt, isSet, type NamedField, namedFieldsAt } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { severityOfLack, wholeObjectsOf } from "../objects";
import { headPlace, keyPlace } from "../places";
import { presentWays } from "../runnables";
import { sample } from "../samples";

/** A workspace of a run that is bound to no volume, to several, or to one without a name. */
export const workspaceVolume: Rule = {
  code: "tekton/workspace-volume",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { run, kind, spec } of wholeObjectsOf(context)) {
      const ofCustomRun = kind === "CustomRun" && spec !== undefined ? namedFieldsAt(spec, "workspaces") : [];
      for (const workspace of run?.workspaces ?? ofCustomRun) {
        const hit = mistakeIn(workspace);
        if (hit !== undefined) yield { ...hit, severity: severityOfLack(context) };
      }
    }
  },
  docs: {
    summary: "A run binds a workspace to no volume, or to several.",
    explanation:
      "It takes exactly one of `volumeClaimTemplate`, `persistentVolumeClaim`, `emptyDir`, `configMap`, `secret`, `projected` and `csi`, and those that name something need the name. Tekton's webhook refuses the run otherwise.",
    bad: sample("TaskRun", "  taskRef:\n    name: build\n  workspaces:\n  - name: source\n    subPath: src\n"),
    good: sample("TaskRun", "  taskRef:\n    name: build\n  workspaces:\n  - name: source\n    emptyDir: {}\n"),
  },
};

const sources = [
  "volumeClaimTemplate",
  "persistentVolumeClaim",
  "emptyDir",
  "configMap",
  "secret",
  "projected",
  "csi",
] as const;

/** What a volume needs and its schema does not demand, since Kubernetes demands it nowhere else. */
const needs = { configMap: "name", secret: "secretName", projected: "sources" } as const;

/** Upstream: `WorkspaceBinding.Validate`. */
function mistakeIn(workspace: NamedField): Hit | undefined {
  const { node, name } = workspace;
  if (getValue(node, "<<") !== undefined) return undefined;
  const [first, second] = presentWays(node, sources);
  if (first === undefined) {
    const help = "Add one of `emptyDir`, `persistentVolumeClaim`, `volumeClaimTemplate`, `configMap`, `secret`.";
    return { place: headPlace(workspace), message: `The workspace \`${name}\` is bound to no volume.`, help };
  }
  if (second !== undefined) {
    const message = `\`${first}\` and \`${second}\` exclude each other.`;
    return { place: keyPlace(node, second), message, help: "Keep one of the two." };
  }
  for (const [source, needed] of Object.entries(needs)) {
    const volume = fieldAt(workspace, source);
    if (volume === undefined || isSet(volume.node, needed) || getValue(volume.node, "<<") !== undefined) continue;
    // Another name for the field is told as that.
    if (volume.node.entries.some(({ key }) => /name$/i.test(key.text))) continue;
    const message = `\`${needed}\` is missing in \`${source}\`.`;
    return { place: keyPlace(node, source), message, help: `Add \`${needed}\`.` };
  }
  return undefined;
}
