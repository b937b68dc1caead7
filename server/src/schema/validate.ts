import { didYouMean } from "../platform/didYouMean";
import type { Entry, Mapping, Node } from "../yaml/node";
import type { Place } from "../yaml/source";
import { fieldOf } from "./lookUp";
import type { Schema } from "./schema";
import { fitsType, isOldBoolean, typeWords } from "./typeCheck";
import { mappingMistakes, scalarMistakes, sequenceMistakes } from "./valueCheck";
import { nameOf, type Violation } from "./violation";

/** How strict to be. */
export interface ValidateOptions {
  /** Patches are partial objects: nothing is required of them, and keys such as `$patch` direct the merge. */
  readonly partial?: boolean | undefined;
  /** Values such as `$(VAR)` or `{{ x }}` that something else fills in: they fit everywhere. */
  readonly isPlaceholder?: ((text: string) => boolean) | undefined;
  /** Keys of the document itself that are somebody else's, for example `sops`. */
  readonly foreignKeys?: ReadonlySet<string> | undefined;
}

/** Checks a value against a schema. Null fits everywhere, as the API server and Kustomize drop it. */
export function validate(node: Node, schema: Schema, options: ValidateOptions = {}): readonly Violation[] {
  const violations: Violation[] = [];
  check(node, schema, { path: [], options, place: undefined, report: (violation) => violations.push(violation) });
  return violations;
}

interface Context {
  readonly path: readonly (string | number)[];
  readonly options: ValidateOptions;
  /** Where a field that is missing is reported: the key of the object. */
  readonly place: Place | undefined;
  readonly report: (violation: Violation) => void;
}

/** Deeper values are not looked at, so that no document overflows the stack. */
const deepest = 200;

function check(node: Node, schema: Schema, context: Context): void {
  const { path, options, report } = context;
  if (node.kind === "scalar" && (node.tag === "null" || options.isPlaceholder?.(node.text))) return;
  const { place } = node.origin;
  if (!fitsType(node, schema)) {
    report({ kind: "wrong-type", place, path, expected: schema.type, ...typeWords(node, schema, nameOf(path)) });
    return;
  }
  if (node.kind === "scalar") {
    if (schema.type === "string" && isOldBoolean(node)) report(oldBoolean(node.text, place, path));
    for (const mistake of scalarMistakes(node, schema, path)) report({ ...mistake, place, path });
  } else if (path.length > deepest) return;
  else if (node.kind === "mapping") checkMapping(node, schema, context);
  else {
    for (const mistake of sequenceMistakes(node, schema, path))
      report({ ...mistake, place: context.place ?? place, path });
    if (schema.items === undefined) return;
    for (const [i, item] of node.items.entries()) {
      check(item, schema.items, { ...context, path: [...path, i], place: undefined });
    }
  }
}

function oldBoolean(text: string, place: Place, path: readonly (string | number)[]): Violation {
  return {
    kind: "old-boolean",
    place,
    path,
    expected: "string",
    message: `\`${text}\` is text for Kustomize, but a boolean for kubectl and Argo CD, and ${nameOf(path)} must be a string.`,
    help: `Put it in quotes: \`"${text}"\`.`,
  };
}

function checkMapping(node: Mapping, schema: Schema, context: Context): void {
  const { path, options, report } = context;
  const known = schema.properties;
  for (const mistake of mappingMistakes(node, schema, path, options.partial === true)) {
    report({ ...mistake, place: context.place ?? node.origin.place, path });
  }
  if (known === undefined && schema.others === undefined) return;
  for (const entry of node.entries) checkEntry(entry, node, schema, context);
  if (options.partial || schema.required === undefined || schema.required.length === 0) return;
  const present = new Set(node.entries.map(({ key }) => key.text));
  // A merge key may bring anything.
  if (present.has("<<")) return;
  for (const name of schema.required) if (!present.has(name)) report(missingField(name, node, context));
}

function checkEntry({ key, value }: Entry, node: Mapping, schema: Schema, context: Context): void {
  const { options } = context;
  // In a patch, null deletes what may be there.
  if (options.partial && (key.text.startsWith("$") || (value.kind === "scalar" && value.tag === "null"))) return;
  const field = fieldOf(schema, key.text);
  const path = [...context.path, key.text];
  if (field !== undefined) {
    check(value, field, { ...context, path, place: key.origin.place });
    return;
  }
  const known = schema.properties;
  if (schema.others !== undefined || known === undefined || key.text === "<<") return;
  if (options.isPlaceholder?.(key.text) || (context.path.length === 0 && options.foreignKeys?.has(key.text))) return;
  const suggestion = nearestField(key.text, known.keys(), node);
  context.report({
    kind: "unknown-field",
    place: key.origin.place,
    path,
    message: `\`${key.text}\` is no field of ${nameOf(context.path)}.`,
    help: suggestion === undefined ? "Remove it, or correct its name." : `Did you mean \`${suggestion}\`?`,
    suggestion,
  });
}

function missingField(name: string, node: Mapping, { path, place }: Context): Violation {
  const start = node.entries[0]?.key.origin.place ?? node.origin.place;
  const message = `\`${name}\` is missing in ${nameOf(path)}.`;
  return { kind: "missing-field", place: place ?? start, path, message, help: `Add \`${name}\`.` };
}

/** A field that is meant: near in spelling, and not there already. */
function nearestField(name: string, known: Iterable<string>, mapping: Mapping): string | undefined {
  const present = new Set(mapping.entries.map(({ key }) => key.text));
  return didYouMean(
    name,
    [...known].filter((candidate) => !present.has(candidate)),
  );
}
