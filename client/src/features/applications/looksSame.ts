import type { Application } from "../../cluster/argocd/application";

/** Whether no row tells two states of an Application apart: Argo CD writes down each of its looks, also when it found nothing new. */
export function looksSame(a: Application | undefined, b: Application | undefined): boolean {
  return isEqual(a, b);
}

/** What changes with every look. */
const unseen: ReadonlySet<string> = new Set(["resourceVersion", "reconciledAt"]);

/** Equal as JSON: a field that is absent equals one without a value. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  for (const key in a) if (!unseen.has(key) && !isEqual(fieldOf(a, key), fieldOf(b, key))) return false;
  for (const key in b)
    if (!unseen.has(key) && fieldOf(a, key) === undefined && fieldOf(b, key) !== undefined) return false;
  return true;
}

function fieldOf(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key as keyof typeof object] : undefined;
}
