import type { CursorContext, HoverPart } from "../../analysis/domain";
import { chartAround } from "../../analysis/manifests";
import { hoverObject } from "../../analysis/objectHover";

/** What the schemas say of the field or kind at the cursor. */
export function hoverCore(context: CursorContext): HoverPart | undefined {
  const chart = chartAround(context.file.path);
  if (chart !== undefined && context.snapshot.lookUp(`${chart}/Chart.yaml`).kind === "file") return undefined;
  return hoverObject(context);
}
