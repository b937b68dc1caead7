import type { CursorContext, HoverPart } from "../../analysis/domain";
import { isInChart } from "../../analysis/manifests";
import { hoverObject } from "../../analysis/objectHover";

/** What the schemas say of the field or kind at the cursor. */
export function hoverCore(context: CursorContext): HoverPart | undefined {
  return isInChart(context.snapshot, context.file.path) ? undefined : hoverObject(context);
}
