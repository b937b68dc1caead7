import type { Finding, Fix } from "../../analysis/finding";
import { documentOf, pathAt, rewriteFix } from "../../analysis/repair";
import type { FixContext } from "../../analysis/rule";
import { appendItem } from "../../yaml/edit";
import type { EditValue } from "../../yaml/writeValue";

/** Items to add to a list of the mapping `depth` steps above a finding. */
export interface NewItems {
  readonly title: string;
  readonly list: string;
  readonly depth: unknown;
  readonly items: readonly EditValue[];
}

/** Adds items to a list near a finding; the list is made when it is not there. */
export function addItems(
  finding: Finding,
  context: FixContext,
  { title, list, depth, items }: NewItems,
): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  if (document === undefined || path === undefined || typeof depth !== "number" || items.length === 0) return [];
  const target = [...path.slice(0, -depth), list];
  return rewriteFix(
    title,
    document,
    items.map((item) => (current) => appendItem(current, target, item)),
  );
}
