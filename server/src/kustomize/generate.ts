import type { Accumulator, Layer } from "./layer";

/** Runs the generators of a kustomization. To come. */
export function runGenerators(_layer: Layer, _accumulator: Accumulator): void {}
