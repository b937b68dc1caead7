/** One condition of a label selector; all of them must hold. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: "exists" | "absent" | "in" | "notIn" | "greater" | "less";
  /** What `in` and `notIn` compare with; exactly one integer for `greater` and `less`; empty otherwise. */
  readonly values: ReadonlySet<string>;
}

/** A parsed label selector, or why it could not be parsed (in the words of apimachinery). */
export type ParsedLabelSelector = { readonly requirements: readonly LabelRequirement[] } | { readonly error: string };

/**
 * Parses the selector syntax of Kubernetes (apimachinery `labels.Parse`): `app=web,tier in (a, b),!old,size>3`.
 * The empty selector has no requirements and matches everything.
 */
export function parseLabelSelector(text: string): ParsedLabelSelector {
  const tokens: string[] = [...(text.match(/==|!=|[=!()<>,]|[^\s=!()<>,]+/g) ?? []), end];
  try {
    return { requirements: parseRequirements(tokens) };
  } catch (error) {
    if (error instanceof SelectorSyntaxError) return { error: error.message };
    throw error;
  }
}

/** Whether labels (or annotations) fulfil every requirement. */
export function matchesLabels(requirements: readonly LabelRequirement[], labels: ReadonlyMap<string, string>): boolean {
  return requirements.every((requirement) => holds(requirement, labels.get(requirement.key)));
}

function holds({ operator, values }: LabelRequirement, value: string | undefined): boolean {
  switch (operator) {
    case "exists":
      return value !== undefined;
    case "absent":
      return value === undefined;
    case "in":
      return value !== undefined && values.has(value);
    case "notIn":
      return value === undefined || !values.has(value);
    default: {
      const [limit = ""] = values;
      if (value === undefined || !integer.test(value)) return false;
      return operator === "greater" ? BigInt(value) > BigInt(limit) : BigInt(value) < BigInt(limit);
    }
  }
}

class SelectorSyntaxError extends Error {}

/** The token that ends every list of tokens. */
const end = "";
const integer = /^-?\d{1,19}$/;
const operators: ReadonlyMap<string, LabelRequirement["operator"]> = new Map([
  ["=", "in"],
  ["==", "in"],
  ["!=", "notIn"],
  ["in", "in"],
  ["notin", "notIn"],
  [">", "greater"],
  ["<", "less"],
]);

/** `tokens` is consumed from its front. */
function parseRequirements(tokens: string[]): LabelRequirement[] {
  const requirements: LabelRequirement[] = [];
  if (tokens[0] === end) return requirements;
  if (!isIdentifier(tokens[0]) && tokens[0] !== "!") {
    throw new SelectorSyntaxError(`found '${tokens[0]}', expected: !, identifier, or 'end of string'`);
  }
  for (;;) {
    requirements.push(parseRequirement(tokens));
    const next = tokens.shift();
    if (next === end) return requirements;
    if (next !== ",") throw new SelectorSyntaxError(`found '${next}', expected: ',' or 'end of string'`);
    if (!isIdentifier(tokens[0]) && tokens[0] !== "!") {
      throw new SelectorSyntaxError(`found '${tokens[0]}', expected: identifier after ','`);
    }
  }
}

function parseRequirement(tokens: string[]): LabelRequirement {
  const negated = tokens[0] === "!";
  if (negated) tokens.shift();
  const key = tokens.shift();
  if (!isIdentifier(key)) throw failed(`found '${key}', expected: identifier`);
  if (!isQualifiedName(key)) throw failed(`invalid label key ${JSON.stringify(key)}`);
  if (negated) return { key, operator: "absent", values: new Set() };
  if (tokens[0] === end || tokens[0] === ",") return { key, operator: "exists", values: new Set() };
  const word = tokens.shift() ?? end;
  const operator = operators.get(word);
  if (operator === undefined) throw failed(`found '${word}', expected: '=', '!=', '==', 'in', notin'`);
  const values = word === "in" || word === "notin" ? parseSet(tokens) : parseExactValue(tokens);
  for (const value of values) {
    if ((operator === "greater" || operator === "less") && !integer.test(value)) {
      throw failed("for 'Gt', 'Lt' operators, the value must be an integer");
    }
    if (!isLabelValue(value))
      throw failed(`invalid label value: ${JSON.stringify(value)}: at key: ${JSON.stringify(key)}`);
  }
  return { key, operator, values };
}

function parseExactValue(tokens: string[]): ReadonlySet<string> {
  if (tokens[0] === end || tokens[0] === ",") return new Set([""]);
  const value = tokens.shift();
  if (!isIdentifier(value)) throw failed(`found '${value}', expected: identifier`);
  return new Set([value]);
}

/** `(a, b)`; places left empty, as in `(a,,b)` and `()`, stand for the empty value. */
function parseSet(tokens: string[]): ReadonlySet<string> {
  const open = tokens.shift();
  if (open !== "(") throw failed(`found '${open}' expected: '('`);
  const values = new Set<string>();
  let expectsValue = true;
  for (;;) {
    const token = tokens.shift();
    if (token === ")") {
      if (expectsValue) values.add("");
      return values;
    }
    if (token === ",") {
      if (expectsValue) values.add("");
      expectsValue = true;
    } else if (isIdentifier(token) && expectsValue) {
      values.add(token);
      expectsValue = false;
    } else {
      throw failed(`found '${token}', expected: ',' or ')'`);
    }
  }
}

function isIdentifier(token: string | undefined): token is string {
  return token !== undefined && token !== end && !/^[=!()<>,]/.test(token);
}

function isQualifiedName(key: string): boolean {
  const [name = "", prefix, ...more] = key.split("/").reverse();
  if (more.length > 0 || name.length > 63 || !/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name)) return false;
  if (prefix === undefined) return true;
  return prefix.length <= 253 && prefix.split(".").every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label));
}

function isLabelValue(value: string): boolean {
  return value.length <= 63 && /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value);
}

function failed(reason: string): SelectorSyntaxError {
  return new SelectorSyntaxError(`unable to parse requirement: ${reason}`);
}
