import { names } from "./names";
import type { Known } from "./objects";
import { type AddFile, targetOf } from "./patches";
import type { Random } from "./random";
import { type Fields, writeDocument } from "./yamlText";

/** An entry of `replacements`: inline, or in a file. */
export function replacement(known: readonly Known[], addFile: AddFile, random: Random): Fields {
  const item = replacementItem(known, random);
  if (random.chance(0.8)) return item;
  return { path: addFile("replacement", writeDocument(random.chance(0.5) ? item : [item], random)) };
}

/** A replacement as it stands in a kustomization, in a file and in a plugin. */
export function replacementItem(known: readonly Known[], random: Random): Fields {
  const source = random.pick(known);
  const likely = random.pick(["metadata.name", "kind", undefined]);
  const path = random.chance(0.85) ? likely : random.pick(["metadata.labels", "metadata.labels.app", "data.key0"]);
  return {
    source: {
      kind: source.kind,
      name: source.name,
      fieldPath: path,
      options: random.chance(0.1) ? { delimiter: random.pick([".", "-"]), index: random.int(2) } : undefined,
    },
    targets: random.list(1, 2, () => replacementTarget(random.pick(known), random)),
  };
}

function replacementTarget(object: Known, random: Random): Fields {
  const ofShape = {
    pods: [
      "spec.template.spec.containers.0.image",
      "spec.template.spec.containers.[name=main].image",
      "spec.template.spec.containers.*.image",
    ],
    data: ["data.key0", "data.new"],
    service: ["spec.selector.app", "spec.ports.0.name"],
    other: ["spec.nested.name", "spec.list.0"],
  };
  return {
    select: targetOf(object, random),
    reject: random.chance(0.1) ? [{ name: random.pick(names) }] : undefined,
    fieldPaths: [
      random.chance(0.3)
        ? random.pick(ofShape[object.shape])
        : random.pick(["metadata.labels.new", "metadata.annotations.[a.b/c]", "spec.added"]),
    ],
    options: random.chance(0.85)
      ? {
          create: random.chance(0.9) ? true : undefined,
          delimiter: random.chance(0.2) ? random.pick([":", "-", "."]) : undefined,
          index: random.chance(0.2) ? random.pick([0, 1, -1, 5]) : undefined,
        }
      : undefined,
  };
}
