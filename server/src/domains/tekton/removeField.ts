import type { Finding, Fix } from "../../analysis/finding";
import { documentOf, pathAt, removeFix } from "../../analysis/repair";
import type { FixContext } from "../../analysis/rule";

/** Removes the field that a finding points at: by its key, or by its value. */
export function removeField(finding: Finding, context: FixContext, preferred = true): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  const key = path?.at(-1);
  if (document === undefined || path === undefined || typeof key !== "string") return [];
  return removeFix(`Remove '${key}'`, document, path).map((fix) => ({ ...fix, preferred }));
}
