import type { Hit, Rule } from "../../../analysis/rule";
import type { Reference } from "../../../tekton/reference";
import { tasksOf, viewTekton } from "../../../tekton/tektonObject";
import { deployedTekton } from "../calls";
import { findGitFile } from "../gitResolver";

/** A git resolver that shall fetch a file which its repository, open here, does not have. */
export const missingGitPath: Rule = {
  code: "tekton/missing-git-path",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const { snapshot } = context;
    for (const { node, caller } of deployedTekton(context)) {
      for (const reference of referencesIn(node)) {
        const file = findGitFile(reference, snapshot);
        if (file === undefined || !file.isCurrent || snapshot.lookUp(file.path).kind !== "missing") continue;
        yield {
          place: file.node.origin.place,
          message: `There is no file \`${file.node.text}\` in the repository.`,
          help: "The path counts from the root of the repository, on the branch that is checked out here.",
          root: caller.root,
        };
      }
    }
  },
  docs: {
    summary: "`pathInRepo` of the git resolver names a file that the repository does not have.",
    explanation:
      "The run fails with `CouldntGetTask`. Only repositories that are open in the workspace are looked at, and only for the branch that is checked out.",
    bad: sample("tasks/biuld.yaml"),
    good: sample("tasks/build.yaml"),
  },
};

function* referencesIn(node: Parameters<typeof viewTekton>[0]): Iterable<Reference> {
  const object = viewTekton(node);
  const pipeline = object?.pipeline ?? object?.run?.pipelineSpec;
  const task = object?.task ?? object?.run?.taskSpec;
  const tasks = pipeline === undefined ? [] : tasksOf(pipeline);
  const all = [
    object?.run?.pipelineRef,
    object?.run?.taskRef,
    ...tasks.flatMap(({ taskRef, pipelineRef }) => [taskRef, pipelineRef]),
    ...[...(task?.steps ?? []), ...tasks.flatMap(({ taskSpec }) => taskSpec?.steps ?? [])].map(({ ref }) => ref),
  ];
  for (const each of all) if (each !== undefined) yield each;
}

function sample(path: string): string {
  return `#- .git/config\n[remote "origin"]\n\turl = https://github.com/team/app.git\n#- .git/HEAD\nref: refs/heads/main\n#- tasks/build.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: build\nspec:\n  steps:\n  - image: alpine:3.22\n    args: [build]\n#- run.yaml\napiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata:\n  name: build\nspec:\n  taskRef:\n    resolver: git\n    params:\n    - name: url\n      value: https://github.com/team/app.git\n    - name: pathInRepo\n      value: ${path}\n`;
}
