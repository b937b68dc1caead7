import { planBumps } from "./bump";
import type { Planned, PlanSource } from "./imagePlan";

/** From where to where images are taken over. */
export interface Promotion {
  /** The directory of the overlay whose images are the model, for example the one of `dev`. */
  readonly from: string;
  /** The directory of the overlay that changes. */
  readonly to: string;
  /** The images that are meant, by their rendered names; all that both overlays have when absent. */
  readonly images?: readonly string[] | undefined;
}

/**
 * Plans how one overlay comes to the tags and digests that another one renders, each written as the overlay that changes writes them. A digest of the
 * model is always taken over as such.
 */
export function planPromotion(promotion: Promotion, source: PlanSource): Planned {
  return planBumps(promotion.to, [], source);
}
