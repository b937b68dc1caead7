import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { isInside, joinPath } from "../../../platform/path";
import { getIn, textOf } from "../../../yaml/node";
import { itemsOf } from "../applications";
import { type DeployedApplication, type DeployedSource, deployedApplications } from "../deployedApplications";
import { applicationText, repositorySample } from "../deployedSamples";

const chart =
  "#- chart/Chart.yaml\napiVersion: v2\nname: book\nversion: 1.0.0\n#- chart/values-dev.yaml\nreplicas: 1\n";
const withValues = (name: string): string =>
  applicationText({ path: "chart" }).replace(
    "    path: chart\n",
    `    path: chart\n    helm:\n      valueFiles:\n      - ${name}\n`,
  );

/** A file of values that is not there. */
export const valueFileNotFound: Rule = {
  code: "argocd/value-file-not-found",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const application of deployedApplications(context)) {
      for (const each of application.sources) {
        const helm = getIn(each.source.node, ["helm"]);
        if (textOf(getIn(helm, ["ignoreMissingValueFiles"])) === "true") continue;
        for (const file of itemsOf(getIn(helm, ["valueFiles"]))) {
          const text = textOf(file);
          const path = text === undefined ? undefined : locate(text, each, application);
          if (path === undefined || context.snapshot.lookUp(path).kind !== "missing") continue;
          const message = `There is no file of values \`${text}\`.`;
          const help = "Create it, correct the path, or set `ignoreMissingValueFiles: true`.";
          yield { place: file.origin.place, message, help };
        }
      }
    }
  },
  docs: {
    summary: "A file that `helm.valueFiles` names does not exist in its repository.",
    explanation:
      "Paths count from the directory of the source, with `/` in front from the top of the repository, and with `$name/` from the top of the source that has this `ref`. Helm fails when a file is missing, unless `ignoreMissingValueFiles` is set.",
    bad: `${repositorySample}${chart}#- application.yaml\n${withValues("values-dve.yaml")}`,
    good: `${repositorySample}${chart}#- application.yaml\n${withValues("values-dev.yaml")}`,
  },
};

/** The absolute path of a file of values; `undefined` when it is not one of a repository at hand. */
function locate(text: string, own: DeployedSource, { sources }: DeployedApplication): string | undefined {
  if (/^[a-z]+:\/\//i.test(text) || text.includes("*") || text.includes("?")) return undefined;
  const named = /^\$([\w-]+)\/(.*)$/.exec(text);
  if (named === null) {
    const root = own.repository?.root;
    if (root === undefined || own.directory === undefined || !own.isCurrent || isPlaceholder(text)) return undefined;
    const path = text.startsWith("/") ? `${root}${text}` : joinPath(own.directory, text);
    return isInside(root, path) ? joinPath("/", path) : undefined;
  }
  const other = sources.find(({ source }) => source.ref?.text === named[1]);
  const root = other?.repository?.root;
  const rest = named[2] ?? "";
  if (root === undefined || other?.isCurrent !== true || isPlaceholder(rest)) return undefined;
  const path = joinPath(root, rest.replace(/^\/+/, ""));
  return isInside(root, path) ? path : undefined;
}
