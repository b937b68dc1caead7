import { planBumps } from "../../server/src/release/bump";
import type { Planned, PlanSource } from "../../server/src/release/imagePlan";
import { findPromotionWishes, type Promotion } from "../../server/src/release/promote";

/** The plan for a promotion without a registry, which only digests of tags would need. */
export function planPromotion(promotion: Promotion, source: PlanSource): Planned {
  const wishes = findPromotionWishes(promotion, source);
  return "kind" in wishes ? wishes : planBumps(promotion.to, wishes, source);
}
