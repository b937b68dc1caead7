import { toPointer } from "../kubernetes/json";
import type { Scalar } from "../yaml/node";
import { findDecision } from "./deciders";
import { entriesMet, type ImageEntry } from "./imageEntries";
import type { OverlayState } from "./overlayState";
import { findRenderedImages, type RenderedImage } from "./renderedImages";

/** The rendered images of an overlay, and those that its entries stand for where part of it is not rendered. */
export function findImages(state: OverlayState): readonly RenderedImage[] {
  const rendered = findRenderedImages(state.result.resources);
  return state.unseen.length === 0 ? rendered : [...rendered, ...unseenImages(state, rendered)];
}

/**
 * What the entries of `images` say that mean nothing of what is rendered: the image is taken to come from elsewhere, under the name of the entry. An
 * entry whose name is a pattern says nothing.
 */
function unseenImages(state: OverlayState, rendered: readonly RenderedImage[]): readonly RenderedImage[] {
  const met = new Set(rendered.flatMap((image) => findDecision(state, image).steps.map(({ entry }) => entry)));
  const { entries } = state.overlay;
  const found: RenderedImage[] = [];
  for (const entry of entries) {
    if (met.has(entry) || !/^[\w./:@-]+$/.test(entry.name)) continue;
    const steps = entriesMet(entries, entry.name);
    for (const step of steps) met.add(step.entry);
    const text = steps.at(-1)?.after ?? entry.name;
    const value = scalarOf(entry, text);
    found.push({ index: -1, pointer: toPointer(entry.path), object: "What comes from elsewhere", value });
  }
  return found;
}

/** As if a manifest had said the name of the entry. */
function scalarOf({ name, place, path }: ImageEntry, text: string): Scalar {
  const written: Scalar = { kind: "scalar", text: name, tag: "str", style: "plain", origin: { place } };
  const change = { transformer: "images", place, path: toPointer(path), before: written };
  return { ...written, text, origin: { place, change } };
}
