import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, rewriteFix } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import type { Reference } from "../../../tekton/reference";
import { tasksOf } from "../../../tekton/tektonObject";
import { setValue } from "../../../yaml/edit";
import { getIn, getValue, textOf } from "../../../yaml/node";
import type { EditValue } from "../../../yaml/writeValue";
import { pipelineSpecsOf, wholeObjectsOf } from "../objects";
import { pipelineSample } from "../samples";

/** A reference to a kind that Tekton 1.0 has dropped. */
export const clusterTask: Rule = {
  code: "tekton/cluster-task",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    const ofRuns = [...wholeObjectsOf(context)].map(({ run }) => run?.taskRef);
    const ofTasks = [...pipelineSpecsOf(context)].flatMap(({ pipeline }) =>
      tasksOf(pipeline).map(({ taskRef }) => taskRef),
    );
    for (const reference of [...ofRuns, ...ofTasks]) {
      if (reference?.kind?.text !== "ClusterTask") continue;
      yield {
        place: reference.kind.origin.place,
        message: "ClusterTasks are gone since Tekton 1.0.",
        help: "Fetch the Task from the namespace it lives in now, with the cluster resolver.",
        data: { name: nameOf(reference) },
      };
    }
  },
  docs: {
    summary: "A reference names a ClusterTask.",
    explanation:
      "Tekton 1.0 refuses it. OpenShift Pipelines keeps the former ClusterTasks as Tasks in the namespace `openshift-pipelines`, from where the cluster resolver fetches them; elsewhere, install them as Tasks.",
    bad: pipelineSample("").replace("name: git-clone", "kind: ClusterTask\n      name: git-clone"),
    good: pipelineSample("").replace(
      "name: git-clone",
      "resolver: cluster\n      params:\n      - name: kind\n        value: task\n      - name: name\n        value: git-clone\n      - name: namespace\n        value: openshift-pipelines",
    ),
  },
  fix: useClusterResolver,
};

function nameOf({ name, resolver, params }: Reference): string | undefined {
  return resolver === undefined && params.length === 0 ? name?.text : undefined;
}

function useClusterResolver(finding: Finding, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end)?.slice(0, -1);
  const name = textOf(getValue(path && getIn(document.root, path), "name"));
  if (document === undefined || path === undefined || name === undefined || name !== finding.data?.["name"]) return [];
  const params = [
    ["kind", "task"],
    ["name", name],
    ["namespace", "openshift-pipelines"],
  ].map(
    ([key = "", value = ""]) =>
      new Map<string, EditValue>([
        ["name", key],
        ["value", value],
      ]),
  );
  const reference = new Map<string, EditValue>([
    ["resolver", "cluster"],
    ["params", params],
  ]);
  const title = "Use the cluster resolver with the namespace 'openshift-pipelines'";
  const steps = [(current: typeof document) => setValue(current, path, reference)];
  return rewriteFix(title, document, steps).map((fix) => ({ ...fix, preferred: false }));
}
