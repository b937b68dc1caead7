import { deployedObjects } from "../../../analysis/deployedObjects";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { type Field, fieldAt, fieldsAt, namedFieldsAt } from "../../../tekton/field";
import { viewTekton } from "../../../tekton/tektonObject";
import { getIn, textOf } from "../../../yaml/node";
import { deployedTekton } from "../calls";

const setting = "default-forbidden-env";
const defaults = `#- defaults.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config-defaults\n  namespace: tekton-pipelines\ndata:\n  ${setting}: "HTTP_PROXY, NO_PROXY"\n`;
const run = (name: string): string =>
  `#- run.yaml\napiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata:\n  generateName: build-\nspec:\n  taskRef:\n    name: build\n  podTemplate:\n    env:\n    - name: ${name}\n      value: a\n`;

/** An environment variable in the pod template of a run that the workspace's own Tekton refuses there. */
export const forbiddenVariable: Rule = {
  code: "tekton/forbidden-variable",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const forbidden = findForbidden(context);
    if (forbidden.size === 0) return;
    for (const { node } of deployedTekton(context)) {
      const run = viewTekton(node)?.run;
      for (const template of run === undefined ? [] : podTemplatesOf(run)) {
        for (const { name, nameNode } of namedFieldsAt(template, "env")) {
          if (nameNode === undefined || !forbidden.has(name)) continue;
          yield {
            place: nameNode.origin.place,
            message: `A run may not set \`${name}\`: \`${setting}\` of Tekton's configuration forbids it.`,
            help: "Remove it, or take it out of the configuration.",
          };
        }
      }
    }
  },
  docs: {
    summary: "The pod template of a run sets an environment variable that Tekton's configuration forbids.",
    explanation: `Tekton refuses the run. The names stand in \`${setting}\`, in the ConfigMap \`config-defaults\` or in \`spec.pipeline\` of the operator's TektonConfig; without either in the workspace, nothing is said.`,
    bad: `${defaults}${run("HTTP_PROXY")}`,
    good: `${defaults}${run("LOG_LEVEL")}`,
  },
};

function findForbidden(context: WorkspaceContext): ReadonlySet<string> {
  const texts = [
    ...deployedObjects(context, "", "ConfigMap")
      .filter(({ objectName }) => objectName === "config-defaults")
      .map(({ node }) => getIn(node, ["data", setting])),
    ...deployedObjects(context, "operator.tekton.dev", "TektonConfig").map(({ node }) =>
      getIn(node, ["spec", "pipeline", setting]),
    ),
  ];
  const names = texts.flatMap((text) => (textOf(text) ?? "").split(","));
  return new Set(names.map((name) => name.trim()).filter((name) => name !== ""));
}

/** Where v1 and v1beta1 write the pod templates of a TaskRun, a PipelineRun and its tasks. */
function podTemplatesOf(run: Field): readonly Field[] {
  const holders = [run, fieldAt(run, "taskRunTemplate"), ...fieldsAt(run, "taskRunSpecs")];
  return holders.flatMap((holder) => {
    if (holder === undefined) return [];
    return [fieldAt(holder, "podTemplate"), fieldAt(holder, "taskPodTemplate")].filter((each) => each !== undefined);
  });
}
