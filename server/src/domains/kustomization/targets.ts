import type { Hit } from "../../analysis/rule";
import type { IdleStep } from "../../kustomize/idleStep";
import { describeNearest, findNearestTarget, type NearestTarget, type TargetPart } from "../../kustomize/nearestTarget";
import type { Selector } from "../../kustomize/selector";
import { type Node, textOf } from "../../yaml/node";
import { firstLine } from "./idleSteps";
import { field } from "./kustomizationFiles";

/** A `target` or `select` that means no object: where it goes wrong, and which object may be meant. */
export function missedTarget(target: Node | undefined, { among, cause }: IdleStep): Omit<Hit, "message"> & Reason {
  const text = (name: string): string => textOf(field(target, name)) ?? "";
  const selector: Selector = {
    group: text("group"),
    version: text("version"),
    kind: text("kind"),
    name: text("name"),
    namespace: text("namespace"),
    labelSelector: text("labelSelector"),
    annotationSelector: text("annotationSelector"),
  };
  const nearest = findNearestTarget(among, selector);
  const written = nearest === undefined ? undefined : partOf(target, nearest.part);
  const shown = written ?? field(target, "name") ?? field(target, "kind") ?? target;
  return {
    place: shown === undefined ? firstLine(cause.place) : firstLine(shown.origin.place),
    reason: reasonFor(selector, nearest, among),
    related:
      nearest === undefined || nearest.part === "labels"
        ? []
        : [{ place: nearest.resource.node.origin.place, message: "This may be the object that is meant." }],
    data: { suggestion: suggestionOf(nearest, written) },
  };
}

interface Reason {
  /** A sentence with a space before it; empty when nothing is known. */
  readonly reason: string;
}

function partOf(target: Node | undefined, part: TargetPart): Node | undefined {
  if (part === "labels") return field(target, "labelSelector") ?? field(target, "annotationSelector");
  if (part === "apiVersion") return field(target, "version") ?? field(target, "group");
  return field(target, part);
}

function suggestionOf(nearest: NearestTarget | undefined, written: Node | undefined): string | undefined {
  const isWhole = nearest?.part !== "apiVersion" && nearest?.part !== "labels";
  return isWhole && written !== undefined && nearest?.has !== "" ? nearest?.has : undefined;
}

function reasonFor(selector: Selector, nearest: NearestTarget | undefined, among: IdleStep["among"]): string {
  if (nearest === undefined) return otherReason(selector, among);
  if (nearest.part !== "labels") return ` ${describeNearest(nearest)}`;
  return ` No ${selector.kind || "object"} here has these labels or annotations.`;
}

/** What there is of the kind that is wanted. */
function otherReason({ kind, name }: Selector, among: IdleStep["among"]): string {
  if (!kind || !/^\w+$/.test(kind)) return "";
  const names = [...new Set(among.filter(({ id }) => id.kind === kind).map(({ id }) => id.name))];
  if (names.length === 0) return ` There is no ${kind} here.`;
  if (!name || names.length > 3) return "";
  return ` Of the kind ${kind} there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}.`;
}
