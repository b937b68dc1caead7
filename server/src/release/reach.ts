import { parseImageReference } from "../kubernetes/imageReference";
import type { ImageRefusal } from "./imagePlan";
import { asScalar, type RenderedChange } from "./overlayState";
import type { RenderedImage } from "./renderedImages";

/** The key of a rendered value: where it stands in a build. */
export function keyOf({ index, pointer }: { readonly index: number; readonly pointer: string }): string {
  return `${index} ${pointer}`;
}

/** The refusal of a change that would reach further than to the images that are meant. */
export function changesMore({ object, pointer, before, after }: RenderedChange): ImageRefusal {
  const show = (node: RenderedChange["before"]): string => {
    if (node === undefined) return "nothing";
    if (node.kind !== "scalar") return node.kind === "mapping" ? "an object" : "a list";
    const [line = ""] = node.text.split("\n", 1);
    return `\`${line.length < node.text.length || line.length > 80 ? `${line.slice(0, 80)}…` : line}\``;
  };
  const message = `The change would reach further: \`${pointer}\` of ${object} would be ${show(after)} instead of ${show(before)}.`;
  const help = "Write an entry for this image alone, then try again.";
  return { kind: "refused", reason: "changesMore", message, help };
}

interface Divided {
  readonly followers: readonly RenderedChange[];
  readonly others: readonly RenderedChange[];
}

/** Sorts out the changes that are not those of the images that are meant: values that repeat such an image, and all others. */
export function divideChanges(
  changes: readonly RenderedChange[],
  goals: readonly { readonly image: Pick<RenderedImage, "index" | "pointer"> }[],
): Divided {
  const meant = new Set(goals.map(({ image }) => keyOf(image)));
  const own = changes.filter((each) => meant.has(keyOf(each)));
  const rest = changes.filter((each) => !meant.has(keyOf(each)));
  const followers = rest.filter((each) => own.some((image) => repeats(each, image)));
  return { followers, others: rest.filter((each) => !followers.includes(each)) };
}

/** Whether a step copied an image, or its tag or digest, into another value. */
function repeats(value: RenderedChange, image: RenderedChange): boolean {
  const after = asScalar(value.after);
  const [oldImage, newImage] = [asScalar(image.before)?.text ?? "", asScalar(image.after)?.text ?? ""];
  if (after?.origin.change?.transformer !== "replacements") return false;
  const [old, fresh] = [parseImageReference(oldImage), parseImageReference(newImage)];
  const pairs = [
    [oldImage, newImage],
    [old.digest, fresh.digest],
    [old.tag, fresh.tag],
  ];
  const before = asScalar(value.before)?.text ?? "";
  return pairs.some(
    ([from = "", to = ""]) => from !== "" && before.includes(from) && before.replaceAll(from, to) === after.text,
  );
}
