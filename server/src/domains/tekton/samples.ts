/** Samples for the documentation of the rules: an object of Tekton with the lines of its spec, indented by two. */
export function sample(kind: string, spec: string, apiVersion = "tekton.dev/v1"): string {
  const name = kind.toLowerCase();
  return `#- ${name}.yaml\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: build\nspec:\n${spec}`;
}

/** The same of Tekton Triggers. */
export function triggersSample(kind: string, spec: string): string {
  return sample(kind, spec, "triggers.tekton.dev/v1beta1");
}

/** The lines of a spec with one step that has more lines, indented by four. */
export function stepSample(lines: string): string {
  return sample("Task", `  steps:\n  - name: make\n    image: alpine:3.22\n${lines}`);
}

/** The lines of a Pipeline with two tasks, the second of which has more lines, indented by four. */
export function pipelineSample(lines: string): string {
  return sample(
    "Pipeline",
    `  tasks:\n  - name: fetch\n    taskRef:\n      name: git-clone\n  - name: build\n    taskRef:\n      name: build\n${lines}`,
  );
}
