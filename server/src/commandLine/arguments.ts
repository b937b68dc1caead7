import { didYouMean } from "../platform/didYouMean";

/** A command line that cannot be understood; the message says why and what is possible. Ends the process with 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Whether it is one, be it of another bundle of ours, which has a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === "UsageError";
}

/**
 * The options of a command: `flag` stands alone, `text` takes any value, `list` several of them, between commas or each behind the option, a list names
 * the only values.
 */
export type OptionKinds = Readonly<Record<string, "flag" | "text" | "list" | readonly string[]>>;

export interface ParsedArguments {
  readonly positional: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads `--flag`, `--name value` and `--name=value`; `--` ends the options. Throws `UsageError` for an unknown option, a
 * missing value or one that is not possible, and for two texts where one of them would be left out without a word.
 */
export function parseArguments(words: readonly string[], kinds: OptionKinds): ParsedArguments {
  const positional: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "--") {
      positional.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      positional.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw new UsageError(`There is no option '${name}' here. ${hintFor(name, kinds)}`);
    if (kind === "flag") {
      if (equals >= 0) throw new UsageError(`The option '${name}' takes no value.`);
      flags.add(name);
      continue;
    }
    const value = equals < 0 ? words[++i] : word.slice(equals + 1);
    if (value === undefined) throw new UsageError(`The option '${name}' needs a value.`);
    if (kind === "list") {
      lists.set(name, [...(lists.get(name) ?? []), ...value.split(",").filter((each) => each !== "")]);
      continue;
    }
    if (kind === "text" && values.has(name)) {
      throw new UsageError(`The option '${name}' is there twice. It takes one value: run the command once for each.`);
    }
    if (kind !== "text" && !kind.includes(value)) {
      throw new UsageError(`'${value}' is no value for '${name}'; it takes ${kind.join(", ")}.`);
    }
    values.set(name, value);
  }
  return { positional, flags, values, lists };
}

/** The option that was probably meant, else all of them. */
function hintFor(name: string, kinds: OptionKinds): string {
  const near = didYouMean(name, Object.keys(kinds), 2);
  return near === undefined ? `It knows ${Object.keys(kinds).join(", ")}.` : `Did you mean '${near}'?`;
}
