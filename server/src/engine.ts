import { fromProblem } from "./analysis/check";
import { toFindingData } from "./analysis/findingData";
import type { Origin, Rendered, RenderFiles } from "./engineApi";
import { joinPath } from "./platform/path";
import { runBuild } from "./render/builds";
import { originsOf } from "./render/originData";
import { createMemoryLoader } from "./workspace/memoryLoader";

export type * from "./engineApi";

const noRules = { find: () => undefined };
const noClock = { now: () => 0 };
const asItIs = (path: string): string => path;

/** The library entry `gitops-author/engine`: `kustomize build` over files in memory, in Node and in browsers. */
export const renderFiles: RenderFiles = async (files, root, options) => {
  const loader = createMemoryLoader(Object.entries(files));
  const build = runBuild(joinPath("/", root), loader, { clock: noClock, options });
  const { text } = build.text.file;
  let origins: readonly Origin[] | undefined;
  const rendered: Rendered = {
    ...(build.complete ? { yaml: text } : text === "" ? {} : { partialYaml: text }),
    problems: build.problems.map((problem) => toFindingData(fromProblem(problem, noRules), asItIs, [])),
    // Finding all origins takes longer than the build, and many callers want the text alone.
    get origins() {
      origins ??= originsOf(build.text, asItIs);
      return origins;
    },
  };
  return rendered;
};
