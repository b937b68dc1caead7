import { fieldOf, isList, isMap, type Json, type JsonPath, valueAt } from "../kubernetes/json";
import { compileRegexp } from "../platform/goRegexp";

/** An expression of jq that names paths, as far as we understand it: one step after the other. */
export type JqPaths = readonly JqStep[];

type JqStep =
  | { readonly type: "field"; readonly key: string }
  | { readonly type: "item"; readonly index: number }
  | { readonly type: "each" }
  | { readonly type: "select"; readonly conditions: readonly JqCondition[] };

interface JqCondition {
  readonly path: JqPaths;
  readonly test: "==" | "!=" | "startswith" | "endswith" | "contains" | "test" | "set";
  readonly value: Json;
}

/** Nobody writes a longer path. */
const longest = 2000;

/**
 * Understands what people write into `jqPathExpressions`: `.a.b`, `."a"`, `.["a"]`, `.[0]`, `.[]`, `?`, and stages of it behind `|`, among
 * them `select(.a.b == "c")` with `==`, `!=`, `and`, `startswith`, `endswith`, `contains`, `test`.
 * @returns `undefined` for anything else of jq, which is a whole language.
 */
export function parseJqPaths(expression: string): JqPaths | undefined {
  if (expression.length > longest) return undefined;
  const steps: JqStep[] = [];
  for (const stage of splitAtTop(expression, "|")) {
    const text = stage.trim();
    const condition = /^select\s*\(([\s\S]*)\)$/.exec(text)?.[1];
    if (condition !== undefined) {
      const conditions = splitAtTop(condition, " and ").map(parseCondition);
      if (conditions.some((each) => each === undefined)) return undefined;
      steps.push({ type: "select", conditions: conditions.filter((each) => each !== undefined) });
      continue;
    }
    const path = parsePath(text);
    if (path === undefined) return undefined;
    steps.push(...path);
  }
  // `.` alone would be the whole object.
  return steps.length === 0 ? undefined : steps;
}

/** The concrete paths that an expression names within `value`. */
export function findJqPaths(expression: JqPaths, value: Json): readonly JsonPath[] {
  let paths: readonly JsonPath[] = [[]];
  for (const step of expression) paths = paths.flatMap((path) => takeStep(step, path, valueAt(value, path)));
  return paths.filter((path) => path.length > 0);
}

function takeStep(step: JqStep, path: JsonPath, value: Json | undefined): readonly JsonPath[] {
  switch (step.type) {
    case "field":
      return fieldOf(value, step.key) === undefined ? [] : [[...path, step.key]];
    case "item": {
      if (!isList(value)) return [];
      const index = step.index < 0 ? value.length + step.index : step.index;
      return value[index] === undefined ? [] : [[...path, index]];
    }
    case "each":
      if (isList(value)) return value.map((_, i) => [...path, i]);
      return isMap(value) ? Object.keys(value).map((key) => [...path, key]) : [];
    case "select":
      return step.conditions.every((condition) => holds(condition, value)) ? [path] : [];
  }
}

function holds({ path, test, value }: JqCondition, of: Json | undefined): boolean {
  const [found] = path.length === 0 ? [[]] : findJqPaths(path, of ?? null);
  const actual = found === undefined ? null : (valueAt(of, found) ?? null);
  if (test === "==") return actual === value;
  if (test === "!=") return actual !== value;
  if (test === "set") return actual !== null && actual !== false;
  if (typeof actual !== "string" || typeof value !== "string") return false;
  if (test === "startswith") return actual.startsWith(value);
  if (test === "endswith") return actual.endsWith(value);
  return test === "test" ? matches(value, actual) : actual.includes(value);
}

/** A pattern that cannot be compiled matches nothing, as jq fails on it. */
function matches(pattern: string, text: string): boolean {
  try {
    return compileRegexp(pattern)(text);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const literal = String.raw`("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)`;
const comparison = new RegExp(String.raw`^([\s\S]*?)\s*(==|!=)\s*${literal}$`);
const call = new RegExp(String.raw`^([\s\S]*?)\s*\|\s*(startswith|endswith|contains|test)\s*\(\s*${literal}\s*\)$`);

function parseCondition(text: string): JqCondition | undefined {
  const match = comparison.exec(text.trim()) ?? call.exec(text.trim());
  const path = parsePath((match?.[1] ?? text).trim());
  if (path === undefined) return undefined;
  if (match === null) return { path, test: "set", value: null };
  return { path, test: match[2] as JqCondition["test"], value: parseLiteral(match[3] ?? "null") };
}

const step = /^(?:\.?\[\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+))?\s*\]|\.([A-Za-z_][A-Za-z0-9_]*)|\.("(?:[^"\\]|\\.)*"))\??/;

function parsePath(text: string): JqPaths | undefined {
  if (text === ".") return [];
  if (!text.startsWith(".")) return undefined;
  const steps: JqStep[] = [];
  for (let rest = text; rest !== ""; ) {
    const match = step.exec(rest);
    if (match === null) return undefined;
    const [whole, bracketed, index, plain, quoted] = match;
    const key = plain ?? parseLiteral(bracketed ?? quoted ?? "null");
    if (typeof key === "string") steps.push({ type: "field", key });
    else if (index !== undefined) steps.push({ type: "item", index: Number(index) });
    else steps.push({ type: "each" });
    rest = rest.slice(whole.length);
  }
  return steps;
}

function parseLiteral(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** Cuts at a separator that stands outside of quotes and brackets. */
function splitAtTop(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? "";
    if (letter === '"') i = endOfString(text, i);
    else if ("([{".includes(letter)) depth++;
    else if (")]}".includes(letter)) depth--;
    else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(start, i));
      start = i + separator.length;
      i = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
