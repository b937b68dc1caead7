import { deployedObjects, isFullyKnown } from "../../../analysis/deployedObjects";
import { deployedPods } from "../../../analysis/deployedPods";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { imageReferenceOf, imageScalarsIn, versionScalar } from "../../../analysis/writtenImages";
import { containersOf } from "../../../kubernetes/podTemplate";
import { registryAnswers } from "../../../observations/registryAnswers";
import type { Snapshot } from "../../../workspace/snapshot";
import { getIn, getValue, type Node } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";

/** An image whose registry says that it has no such tag or digest. */
export const unknownImage: Rule = {
  code: "core/unknown-image",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const answers = context.observations.of(registryAnswers);
    if (answers.size === 0) return;
    for (const { image, root, use } of deployedImages(context)) {
      const reference = imageReferenceOf(image);
      if (reference === undefined) continue;
      const { name, tag, digest } = reference;
      const version = digest ?? tag ?? "latest";
      if (answers.get(name)?.versions.get(version)?.value !== "missing") continue;
      const what = digest === undefined ? `tag \`${version}\`` : "such digest";
      yield {
        place: placeOf(image, context.snapshot),
        message: `The registry has no ${what} of \`${name}\`: ${use} could not be started.`,
        help: "Choose one that is there (Bump Image…), or push the image first.",
        root,
      };
    }
  },
  docs: {
    summary: "A container, step or sidecar runs an image with a tag or digest that its registry does not have.",
    explanation:
      "It is judged after the `images` of the kustomizations, and told where the version is written. Only what a registry says for certain is told: never that it is down, or wants a login. It is asked only with the setting `gitopsAuthor.registry.lookup`, in a workspace that you trust. In the example, `#- registry:quay.io/team/web` is what the registry said: its tags, and what it has not.",
    bad: sample("1.3"),
    good: sample("1.2"),
  },
};

interface DeployedImage {
  readonly image: Node;
  readonly root: string | undefined;
  /** What runs it, for people. */
  readonly use: "pods" | "its runs";
}

/** Kinds of Tekton whose steps and sidecars run images. */
const tektonKinds = ["Task", "ClusterTask", "StepAction", "Pipeline", "TaskRun", "PipelineRun"];

/** The images of pods and of Tekton's tasks, as they reach a cluster. */
function* deployedImages(context: WorkspaceContext): Iterable<DeployedImage> {
  for (const { template, root } of deployedPods(context)) {
    for (const { node } of containersOf(template.spec)) {
      const image = getValue(node, "image");
      if (image !== undefined) yield { image, root, use: "pods" };
    }
  }
  for (const kind of tektonKinds) {
    for (const object of deployedObjects(context, "tekton.dev", kind)) {
      if (!isFullyKnown(context, object)) continue;
      for (const image of imageScalarsIn(object.node)) yield { image, root: object.root, use: "its runs" };
    }
  }
}

function sample(tag: string): string {
  return `#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: quay.io/team/web:${tag}\n#- registry:quay.io/team/web\ntags: ["1.2"]\nmissing: ["1.3"]\n`;
}

/** The version in the entry of `images` that set it last; else the image itself. */
function placeOf(image: Node, snapshot: Snapshot): Place {
  const { change, place } = image.origin;
  if (change?.transformer !== "images") return place;
  const root = snapshot.documents(change.place.file.path)[0]?.root;
  const steps = change.path.slice(1).split("/");
  const entry = getIn(
    root,
    steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  );
  const scalar = entry?.kind === "mapping" ? versionScalar(entry) : undefined;
  return scalar?.origin.place ?? change.place;
}
