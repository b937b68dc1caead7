import { type EditValue, writeEntry } from "./writeValue";

/**
 * A value of JSON as a YAML document, keys in their order, lists not indented under their key, as Kubernetes' own samples are written. What is
 * no mapping becomes an empty document; members that JSON cannot hold are left out.
 */
export function writeDocument(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  const style = { step: 2, indentSequences: false };
  const lines = Object.entries(value).flatMap(([key, member]) => {
    const written = toEditValue(member);
    return written === undefined ? [] : writeEntry(key, written, style);
  });
  return lines.map((line) => `${line}\n`).join("");
}

function toEditValue(value: unknown): EditValue | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((item) => toEditValue(item) ?? null);
  if (typeof value !== "object") return undefined;
  const entries = Object.entries(value).map(([key, member]) => [key, toEditValue(member)] as const);
  return new Map(entries.flatMap(([key, member]) => (member === undefined ? [] : [[key, member] as const])));
}
