/** Samples for the documentation of the rules about what a pipeline hands over to its tasks. */
const task =
  "#- task.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: update\nspec:\n  params:\n  - name: KUSTOMIZATION_PATH\n  - name: FLAGS\n    type: array\n    default: []\n  workspaces:\n  - name: source\n    optional: true\n  results:\n  - name: commit\n  steps:\n  - name: edit\n    image: alpine:3.22\n    args:\n    - $(params.KUSTOMIZATION_PATH)\n    - $(params.FLAGS[*])\n    workingDir: $(workspaces.source.path)\n";

const pipeline =
  "#- pipeline.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: dev\nspec:\n  workspaces:\n  - name: shared\n    description: Holds the clone\n  tasks:\n  - name: update\n    taskRef:\n      name: update\n";

/** A pipeline whose task has the given lines, indented by four. */
export function taskCallSample(lines: string): string {
  return task + pipeline + lines;
}

/** A pipeline that hands over one parameter. */
export function paramCallSample(name: string, more = ""): string {
  return taskCallSample(`    params:\n    - name: ${name}\n      value: config/overlays/dev\n${more}`);
}

/** A pipeline that binds what a Task needs; the lines are those of its `workspaces`, indented by four. */
export function bindingSample(lines: string): string {
  return `${task.replace("    optional: true\n", "")}${pipeline}    params:\n    - name: KUSTOMIZATION_PATH\n      value: a\n${lines}`;
}
