import { renderedObjects } from "../../../analysis/renderedObjects";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { parseImageReference } from "../../../kubernetes/imageReference";
import { containersOf, findPodTemplate } from "../../../kubernetes/podTemplate";
import type { BuildResult } from "../../../kustomize/build";
import { joinPath } from "../../../platform/path";
import type { StepView } from "../../../tekton/task";
import { viewTekton } from "../../../tekton/tektonObject";
import { getValue, type Node, textOf } from "../../../yaml/node";
import type { Call } from "../call";
import type { Callee } from "../callees";
import { findCalls } from "../calls";
import { findParamText, type ParamText } from "../paramTexts";

/** A pipeline that gives an overlay a new digest for an image which nothing in the overlay runs. */
export const imageNotInOverlay: Rule = {
  code: "tekton/image-not-in-overlay",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee, ...others] = call.callees;
      if (others.length > 0) continue;
      const images = updatedImages(call, callee);
      if (images.length === 0) continue;
      for (const { path, result } of overlaysOf(call, callee, context)) {
        const there = imageNames(result);
        for (const { text, scalar } of images) {
          if (there.size === 0 || there.has(parseImageReference(text).name)) continue;
          yield {
            place: scalar.origin.place,
            message: `Nothing in the overlay \`${path}\` runs the image \`${text}\`, which the pipeline updates there.`,
            help: `Name one of those that it runs: ${[...there]
              .sort()
              .map((each) => `\`${each}\``)
              .join(", ")}.`,
            root: call.root,
          };
        }
      }
    }
  },
  docs: {
    summary: "`kustomize edit set image` in a Task names an image that the overlay does not run.",
    explanation:
      "The command adds an entry to `images` that matches nothing, so that the new image is never deployed and nobody is told. The image and the path are followed from the script through the parameters to the defaults of the pipeline.",
    bad: sample("quay.io/team/wbe"),
    good: sample("quay.io/team/web"),
  },
};

const command = /\bkustomize\s+edit\s+set\s+image\s+["']?(?:\$\(params\.([\w-]+)\)|\$\{?(\w+)\}?|([\w./:-]+))=/g;

/** The images that the scripts of a Task update, as a caller names them. */
function updatedImages(call: Call, callee: Callee): readonly ParamText[] {
  return stepsOf(callee).flatMap((step) =>
    [...(step.script?.text ?? "").matchAll(command)].flatMap(([, param, variable]) => {
      const name = param ?? (variable === undefined ? undefined : paramOfVariable(step, variable));
      const found = name === undefined ? undefined : findParamText(call, callee, name);
      return found === undefined ? [] : [found];
    }),
  );
}

function stepsOf({ node }: Callee): readonly StepView[] {
  return (node && viewTekton(node)?.task?.steps) ?? [];
}

/** The parameter that an environment variable of a step holds. */
function paramOfVariable(step: StepView, variable: string): string | undefined {
  const env = getValue(step.node, "env");
  const entry =
    env?.kind === "sequence" ? env.items.find((item) => textOf(getValue(item, "name")) === variable) : undefined;
  return /^\$\(params\.([\w-]+)\)$/.exec(textOf(getValue(entry, "value")) ?? "")?.[1];
}

/** The overlays in the workspace whose paths a call hands over. */
function* overlaysOf(
  call: Call,
  callee: Callee,
  { snapshot, builds }: WorkspaceContext,
): Iterable<{ readonly path: string; readonly result: BuildResult }> {
  const roots = new Set([...snapshot.repositories.map(({ root }) => root), ...snapshot.folders]);
  for (const { name } of callee.params) {
    const path = findParamText(call, callee, name)?.text;
    if (path === undefined || !/^[\w.-]+(?:\/[\w.-]+)*\/?$/.test(path)) continue;
    for (const root of roots) {
      const target = joinPath(root, path.replace(/\/+$/, ""));
      const build = builds.find((each) => each.root === target);
      if (build?.result.complete === true) yield { path, result: build.result };
    }
  }
}

const known = new WeakMap<BuildResult, ReadonlySet<string>>();

/** The names of all images that a build runs, as they are and as they were written before Kustomize changed them. */
function imageNames(result: BuildResult): ReadonlySet<string> {
  let names = known.get(result);
  if (names === undefined) {
    const found = new Set<string>();
    for (const { node } of renderedObjects(result).all) {
      const template = findPodTemplate(node);
      if (template === undefined) continue;
      for (const container of containersOf(template.spec)) addWithHistory(getValue(container.node, "image"), found);
    }
    names = found;
    known.set(result, names);
  }
  return names;
}

function addWithHistory(image: Node | undefined, found: Set<string>): void {
  for (let node = image; node !== undefined; node = node.origin.change?.before) {
    const text = textOf(node);
    if (text) found.add(parseImageReference(text).name);
  }
}

function sample(image: string): string {
  return `#- config/overlays/dev/kustomization.yaml\nresources: [deployment.yaml]\n#- config/overlays/dev/deployment.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: quay.io/team/web:v1\n#- task.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: update\nspec:\n  params:\n  - name: path\n  - name: image\n  - name: digest\n  steps:\n  - image: registry.k8s.io/kustomize/kustomize:v5.8.1\n    workingDir: $(params.path)\n    script: |\n      #!/bin/sh\n      kustomize edit set image "$(params.image)=$(params.image)@$(params.digest)"\n#- pipeline.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: dev\nspec:\n  params:\n  - name: digest\n  - name: image\n    default: ${image}\n  tasks:\n  - name: update\n    taskRef:\n      name: update\n    params:\n    - name: path\n      value: config/overlays/dev\n    - name: image\n      value: $(params.image)\n    - name: digest\n      value: $(params.digest)\n`;
}
