import { placeOfText } from "../../analysis/nameReference";
import type { FieldPath } from "../../tekton/field";
import type { Reference } from "../../tekton/reference";
import { findVariables, placeOfVariable } from "../../tekton/variables";
import type { Definition, Mention, ObjectName, PartName, Symbols } from "../../workspace/symbols";
import type { Scalar } from "../../yaml/node";
import type { Place } from "../../yaml/source";

/** What has parts: an object, or a spec that is embedded in it. */
export interface Owner {
  readonly object: ObjectName;
  /** JSON pointer of the embedded spec. */
  readonly scope?: string | undefined;
}

/** Collects the parts that one object has and mentions. */
export class PartCollector implements Symbols {
  readonly definitions: Definition[] = [];
  readonly mentions: Mention[] = [];
  private readonly names = new Set<string>();

  constructor(private readonly from: ObjectName) {}

  define(owner: Owner, type: string, name: Scalar | undefined): void {
    if (name === undefined || name.text === "") return;
    this.names.add(keyOf(owner, type, name.text));
    this.definitions.push({
      object: owner.object,
      part: partOf(owner, type, name.text),
      place: placeOfText(name),
    });
  }

  mention(owner: Owner, type: string, name: Scalar | undefined, at: FieldPath): void {
    if (name === undefined || name.text === "" || name.text.includes("$(")) return;
    this.add(owner, { type, name: name.text }, placeOfText(name), at);
  }

  /** The parts that the variables of a text name: those of the nearest owner that has them. `tasks` says what the tasks of a pipeline run. */
  mentionVariables(
    { scalar, at }: { readonly scalar: Scalar; readonly at: FieldPath },
    owners: readonly Owner[],
    tasks: ReadonlyMap<string, Owner | undefined> = new Map(),
  ): void {
    for (const variable of findVariables(scalar.text)) {
      const [head, name, property, inner] = variable.names;
      const type = typeOfHead.get(head ?? "");
      if (type === undefined || name === undefined) continue;
      const known = owners.find((each) => this.names.has(keyOf(each, type, name)));
      const owner = known ?? (type === "task" ? owners.at(-1) : owners[0]);
      if (owner === undefined) continue;
      this.add(owner, { type, name }, placeOfVariable(scalar, variable, 1), at);
      const called = type === "task" && property === "results" ? tasks.get(name) : undefined;
      if (called !== undefined && inner !== undefined) {
        this.add(called, { type: "result", name: inner }, placeOfVariable(scalar, variable, 3), at);
      }
    }
  }

  /** The parameters of a TriggerTemplate that a text in it names. */
  mentionTemplateParams({ scalar, at }: { readonly scalar: Scalar; readonly at: FieldPath }, owner: Owner): void {
    for (const variable of findVariables(scalar.text)) {
      const [head, params, name] = variable.names;
      if (head !== "tt" || params !== "params" || name === undefined) continue;
      this.add(owner, { type: "param", name }, placeOfVariable(scalar, variable, 2), at);
    }
  }

  private add(owner: Owner, { type, name }: PartName, place: Place, at: FieldPath): void {
    const part = partOf(owner, type, name);
    this.mentions.push({ object: owner.object, part, from: this.from, path: `/${at.join("/")}`, place });
  }
}

/** What the first word of a variable names. */
const typeOfHead: ReadonlyMap<string, string> = new Map([
  ["params", "param"],
  ["workspaces", "workspace"],
  ["results", "result"],
  ["steps", "step"],
  ["tasks", "task"],
  ["finally", "task"],
]);

/** The object that a reference names; `undefined` when a resolver or another API looks for it. */
export function referenceOwner(reference: Reference | undefined, kind: string, from: ObjectName): Owner | undefined {
  const name = reference?.name?.text;
  if (reference === undefined || name === undefined || name === "" || name.includes("$(")) return undefined;
  if (reference.resolver !== undefined || reference.bundle !== undefined) return undefined;
  const { namespace } = from;
  return { object: { group: "tekton.dev", kind: reference.kind?.text || kind, name, namespace } };
}

function partOf({ scope }: Owner, type: string, name: string): NonNullable<Definition["part"]> {
  return scope === undefined ? { type, name } : { type, name, scope };
}

function keyOf({ scope = "" }: Owner, type: string, name: string): string {
  return `${scope}\n${type}\n${name}`;
}
