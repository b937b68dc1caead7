import type { CursorContext, HoverPart } from "../../analysis/domain";
import { textOf } from "../../yaml/node";
import { findAnnotation } from "./knownAnnotations";
import { applicationSyncOptions, finalizers, type Word } from "./vocabulary";
import { splitWords } from "./words";

/** What an annotation of Argo CD, a sync option or a finalizer means. */
export function hoverArgocd({ cursor, offset }: CursorContext): HoverPart | undefined {
  const { node, path, on } = cursor;
  if (node?.kind !== "scalar" || on === "blank") return undefined;
  const key = path.at(-1);
  const holder = path.at(-2);
  if (typeof key === "string" && (holder === "annotations" || holder === "commonAnnotations")) {
    const known = findAnnotation(key);
    if (known === undefined) return undefined;
    const words = known.value?.kind === "form" ? [] : (known.value?.words ?? []);
    if (on === "value") {
      const at = splitWords(node).find(({ place }) => place.start <= offset && offset <= place.end);
      const word = words.find((each) => each.word === (at?.text ?? textOf(node)));
      return word === undefined ? undefined : { markdown: describe(word), place: at?.place ?? node.origin.place };
    }
    const list = words.map((word) => `- ${describe(word)}`).join("\n");
    return { markdown: [known.description, ...(list === "" ? [] : [list])].join("\n\n"), place: node.origin.place };
  }
  if (on !== "value" || typeof key !== "number") return undefined;
  const known = holder === "syncOptions" ? applicationSyncOptions : holder === "finalizers" ? finalizers : [];
  const word = known.find((each) => each.word === node.text);
  return word === undefined ? undefined : { markdown: describe(word), place: node.origin.place };
}

function describe({ word, description }: Word): string {
  return `\`${word}\`: ${description}`;
}
