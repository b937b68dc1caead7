import type { RuleDocs } from "../../../analysis/rule";

/** A condition that the engine finds, for which there is no fix; the words come with the finding. */
export interface EngineCondition extends RuleDocs {
  readonly severity?: "error" | "warning" | "information";
}
