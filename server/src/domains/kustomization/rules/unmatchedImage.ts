import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { findNearName } from "../../../kubernetes/nearName";
import type { IdleStep } from "../../../kustomize/idleStep";
import type { Resource } from "../../../kustomize/resource";
import { getValue, type Node, type Scalar, textOf } from "../../../yaml/node";
import { entryOf, stepsIdleEverywhere } from "../idleSteps";
import { imagesOf, withoutTag } from "../reachableObjects";

const sample = (name: string): string =>
  `#- kustomization.yaml\nresources:\n- web.yaml\nimages:\n- name: ${name}\n  newTag: v2\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n        image: quay.io/team/web:v1\n`;

/** An entry of `images` that no image has the name of: Kustomize builds without a word. */
export const unmatchedImage: Rule = {
  code: "kustomization/unmatched-image",
  severity: "warning",
  scope: "workspace",
  *check(context) {
    for (const step of stepsIdleEverywhere(context)) {
      if (step.reason !== "selectsNothing" || step.cause.transformer !== "images") continue;
      const name = getValue(entryOf(step, context.snapshot), "name");
      // A name with a tag is a finding of its own, which says why nothing is meant.
      if (name?.kind === "scalar" && name.text !== "" && withoutTag(name.text) === name.text) {
        yield hitFor(name, step);
      }
    }
  },
  docs: {
    summary: "An `images` entry has the name of no image in the build, so it changes nothing.",
    explanation:
      "The name is compared with the whole image in front of its tag, registry included, as it is before this kustomization changes it. Only `containers` and `initContainers` are looked at, and volumes of images; other fields, as those of Tekton's steps, need a file under `configurations` that names them.",
    bad: sample("team/web"),
    good: sample("quay.io/team/web"),
  },
  fix: useSuggestion,
};

function hitFor(name: Scalar, { among }: IdleStep): Hit {
  const images = [...new Set(among.flatMap(({ node, id }) => imagesOf({ root: node, kind: id.kind, name: id.name })))];
  const renamed = among.map(({ node }) => findRenamed(node, name.text)).find((each) => each !== undefined);
  if (renamed !== undefined) {
    const suggestion = withoutTag(renamed.text);
    const { place } = renamed.origin.change ?? renamed.origin;
    return {
      place: name.origin.place,
      message: `No image in the build is called \`${name.text}\` any more when this is done: it is \`${suggestion}\` already.`,
      help: `Write \`${suggestion}\`.`,
      related: [{ place, message: "It is renamed here." }],
      data: { suggestion },
    };
  }
  const elsewhere = findElsewhere(among, name.text);
  const sameEnd = images.filter((image) => lastPart(image) === lastPart(name.text));
  const suggestion = (sameEnd.length === 1 ? sameEnd[0] : undefined) ?? findNearName(name.text, images);
  const hit = {
    place: name.origin.place,
    message: `No image in the build is called \`${name.text}\`, so this changes nothing.`,
  };
  if (elsewhere !== undefined) {
    return {
      ...hit,
      message: `${hit.message} The ${elsewhere.id.kind} ${elsewhere.id.name} has it in a field that Kustomize does not look at.`,
      help: "Name that field in a file under `configurations`, with the key `images`.",
    };
  }
  if (suggestion !== undefined) {
    return { ...hit, help: `Write \`${suggestion}\`, which is there.`, data: { suggestion } };
  }
  return { ...hit, help: "Write the image as the manifests do, without its tag, or remove the entry." };
}

function lastPart(image: string): string {
  return image.slice(image.lastIndexOf("/") + 1);
}

/** An image that had the name before a base, or an entry above, has changed it. */
function findRenamed(node: Node, name: string): Scalar | undefined {
  if (node.kind === "sequence") {
    for (const item of node.items) {
      const found = findRenamed(item, name);
      if (found !== undefined) return found;
    }
  }
  if (node.kind !== "mapping") return undefined;
  for (const { key, value } of node.entries) {
    const found = key.text === "image" && value.kind === "scalar" ? wasCalled(value, name) : findRenamed(value, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wasCalled(image: Scalar, name: string): Scalar | undefined {
  for (let before = image.origin.change?.before; before !== undefined; before = before.origin.change?.before) {
    if (before.kind === "scalar" && withoutTag(before.text) === name) return image;
  }
  return undefined;
}

/** The object that holds the image somewhere else than in its containers. */
function findElsewhere(among: readonly Resource[], image: string): Resource | undefined {
  const holds = (node: Node): boolean => {
    if (node.kind === "scalar") return node.tag === "str" && withoutTag(textOf(node) ?? "") === image;
    if (node.kind === "sequence") return node.items.some(holds);
    return node.entries.some(({ key, value }) => key.text !== "metadata" && holds(value));
  };
  return image.includes("/") ? among.find(({ node }) => holds(node)) : undefined;
}
