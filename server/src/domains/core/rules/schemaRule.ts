import { objectsOf } from "../../../analysis/checkedObjects";
import type { Severity } from "../../../analysis/finding";
import { isToFillIn } from "../../../analysis/manifests";
import type { DocumentContext, DocumentRule, Hit, RuleDocs } from "../../../analysis/rule";
import type { KnownKind } from "../../../schema/schemaSource";
import type { Violation, ViolationKind } from "../../../schema/violation";
import { findViolations } from "../violations";

/** A rule about one kind of violation of a schema. */
export interface SchemaRuleOptions {
  /** Behind `schema/`. */
  readonly name: string;
  readonly violation: ViolationKind;
  readonly severity?: Severity;
  readonly docs: RuleDocs;
  readonly fix?: DocumentRule["fix"];
}

/** Makes the rule that reports one kind of violation. */
export function schemaRule({
  name,
  violation: wanted,
  severity = "error",
  docs,
  fix,
}: SchemaRuleOptions): DocumentRule {
  return {
    code: `schema/${name}`,
    severity,
    scope: "document",
    docs,
    fix,
    *check(context): Iterable<Hit> {
      const { schemas } = context.snapshot;
      for (const object of objectsOf(context)) {
        for (const violation of findViolations(object, schemas)) {
          const { kind, place, message, help, suggestion, expected } = violation;
          if (kind !== wanted) continue;
          const unsure = unsureKinds.has(kind) && (mayBeOlder(object.known) || object.inTemplate);
          const sample = kind === "bad-pattern" && isToFillIn(context.file.path);
          // What the source lacks, a patch may bring.
          if (kind === "missing-field" && (context.deployed === "changed" || isStatus(violation))) continue;
          const incomplete = kind === "missing-field" && (context.deployed === "unknown" || !isBuiltIn(object.known));
          const repaired = kind === "wrong-type" && isRepaired(violation, context, object.partial);
          const less = unsure || sample || incomplete || repaired ? "warning" : undefined;
          yield { place, message, help, data: { suggestion, expected }, severity: less };
        }
      }
    },
  };
}

/** The API server drops the status that somebody writes before it looks at it. */
function isStatus({ path }: Violation): boolean {
  return path[0] === "status";
}

/** What a newer or older version of a product may do otherwise. */
const unsureKinds: ReadonlySet<ViolationKind> = new Set(["unknown-field", "unknown-value", "missing-field"]);

/**
 * Whether a build makes the right type of a wrong one: Kustomize writes every annotation of an object as text, and an empty map or list
 * in a file that patches change stands for what they put there.
 */
function isRepaired({ place, path }: Violation, { deployed }: DocumentContext, isPatch: boolean): boolean {
  const written = place.file.text.slice(place.start, place.end);
  if (path.length === 3 && path[0] === "metadata" && path[1] === "annotations") {
    return (deployed !== "unknown" || isPatch) && !/^[[{]/.test(written);
  }
  return deployed === "changed" && /^(?:\{\s*\}|\[\s*\])$/.test(written);
}

/** Whether a schema may be that of another version than the one in use: those that we bring along for other products. */
function mayBeOlder(known: KnownKind | undefined): boolean {
  return known?.from.source === "bundle" && !isBuiltIn(known);
}

/** A kind of Kubernetes itself: what a custom resource lacks, a webhook may fill in before anybody looks. */
export function isBuiltIn(known: KnownKind | undefined): boolean {
  return known?.from.source === "bundle" && known.from.title.startsWith("Kubernetes");
}
