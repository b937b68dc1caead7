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
  const tokens = text.match(/==|!=|[=!()<>,]|[^\s=!()<>,]+/g) ?? [];
  try {
    return { requirements: parseRequirements(new Tokens(tokens)) };
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

/** The token behind the last one. */
const end = "";

/** Tokens that are taken from the front. */
class Tokens {
  #position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get next(): string {
    return this.tokens[this.#position] ?? end;
  }

  take(): string {
    const token = this.next;
    this.#position++;
    return token;
  }
}

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

function parseRequirements(tokens: Tokens): LabelRequirement[] {
  const requirements: LabelRequirement[] = [];
  if (tokens.next === end) return requirements;
  if (!isIdentifier(tokens.next) && tokens.next !== "!") {
    throw new SelectorSyntaxError(`found '${tokens.next}', expected: !, identifier, or 'end of string'`);
  }
  for (;;) {
    requirements.push(parseRequirement(tokens));
    const next = tokens.take();
    if (next === end) return requirements;
    if (next !== ",") throw new SelectorSyntaxError(`found '${next}', expected: ',' or 'end of string'`);
    if (!isIdentifier(tokens.next) && tokens.next !== "!") {
      throw new SelectorSyntaxError(`found '${tokens.next}', expected: identifier after ','`);
    }
  }
}

function parseRequirement(tokens: Tokens): LabelRequirement {
  const negated = tokens.next === "!";
  if (negated) tokens.take();
  const key = tokens.take();
  if (!isIdentifier(key)) throw failed(`found '${key}', expected: identifier`);
  if (!isQualifiedName(key)) throw failed(`invalid label key ${JSON.stringify(key)}`);
  if (negated) return { key, operator: "absent", values: new Set() };
  if (tokens.next === end || tokens.next === ",") return { key, operator: "exists", values: new Set() };
  const word = tokens.take();
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

function parseExactValue(tokens: Tokens): ReadonlySet<string> {
  if (tokens.next === end || tokens.next === ",") return new Set([""]);
  const value = tokens.take();
  if (!isIdentifier(value)) throw failed(`found '${value}', expected: identifier`);
  return new Set([value]);
}

/** `(a, b)`; places left empty, as in `(a,,b)` and `()`, stand for the empty value. */
function parseSet(tokens: Tokens): ReadonlySet<string> {
  const open = tokens.take();
  if (open !== "(") throw failed(`found '${open}' expected: '('`);
  const values = new Set<string>();
  let expectsValue = true;
  for (;;) {
    const token = tokens.take();
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

/** Whether a text may be the key of a label or annotation (apimachinery `IsQualifiedName`). */
export function isQualifiedName(key: string): boolean {
  const [name = "", prefix, ...more] = key.split("/").reverse();
  if (more.length > 0 || name.length > 63 || !/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name)) return false;
  if (prefix === undefined) return true;
  return prefix.length <= 253 && prefix.split(".").every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label));
}

/** Whether a text may be the value of a label (apimachinery `IsValidLabelValue`). */
export function isLabelValue(value: string): boolean {
  return value.length <= 63 && /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value);
}

function failed(reason: string): SelectorSyntaxError {
  return new SelectorSyntaxError(`unable to parse requirement: ${reason}`);
}
