import type { ImageWish, Planned, PlanSource } from "./imagePlan";

/**
 * Plans how an overlay comes to another tag or digest of one image: which bytes change, and what the overlay renders then. Only the scalars that
 * concern the image change, where the team writes them; what a base or component says is answered by an entry in the overlay. The overlay is built
 * with the edits before they are offered.
 *
 * @param root the directory of the kustomization.
 */
export function planBump(root: string, wish: ImageWish, source: PlanSource): Planned {
  return planBumps(root, [wish], source);
}

/** The same for several images of one overlay, as one plan: all or nothing. */
export function planBumps(root: string, wishes: readonly ImageWish[], source: PlanSource): Planned {
  throw new Error(`not yet: ${root} ${wishes.length} ${source.files}`);
}
