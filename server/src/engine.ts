import { fromProblem } from "./analysis/check";
import { toFindingData } from "./analysis/findingData";
import type { Rendered, RenderFiles } from "./engineApi";
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
  const rendered: Rendered = {
    problems: build.problems.map((problem) => toFindingData(fromProblem(problem, noRules), asItIs, [])),
    origins: originsOf(build.text, asItIs),
  };
  if (build.complete) return { yaml: text, ...rendered };
  return text === "" ? rendered : { partialYaml: text, ...rendered };
};
