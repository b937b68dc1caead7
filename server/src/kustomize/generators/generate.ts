import {
  type Cause,
  type Entry,
  getValue,
  type Mapping,
  type Node,
  type Origin,
  type Scalar,
  type Tag,
} from "../../yaml/node";
import { resolveTag } from "../../yaml/scalar";
import type { Place } from "../../yaml/source";
import { BuildFailure } from "../failure";
import { type Field, flagField, mappingField, pairsField, scalarItems, textField } from "../fields";
import type { Behavior } from "../resource";
import { encodeBase64 } from "./base64";
import { readEnvFile } from "./envFile";
import { readFileSource } from "./fileSource";
import type { KeyValue, ReadContent } from "./keyValue";
import { readLiteral } from "./literals";

/** What a generator works from. */
export interface GeneratorRequest {
  /** A decoded entry of `configMapGenerator` or `secretGenerator`, or the decoded file of such a plugin. */
  readonly args: Field<Mapping>;
  /** The kustomization's `generatorOptions`: they fill what the entry's own `options` leave open. */
  readonly globalOptions?: Mapping | undefined;
  readonly read: ReadContent;
  /** `configMapGenerator` or `secretGenerator`, with the place and path of `args`. */
  readonly cause: Cause;
}

/** A generated object, and what is to be done with it. */
export interface Generated {
  readonly node: Mapping;
  readonly behavior: Behavior;
  readonly needsHash: boolean;
}

/**
 * Makes a ConfigMap (upstream: `MakeConfigMap`): text under `data`, other bytes in base64 under `binaryData`. Every value
 * has the place of the literal, env line or file that gives it.
 * @throws BuildFailure at the entry, literal or file name that is wrong.
 */
export function makeConfigMap(request: GeneratorRequest): Generated {
  const maker = new Maker(request);
  const texts: Entry[] = [];
  const binaries: Entry[] = [];
  for (const pair of maker.pairs()) {
    if (typeof pair.value === "string") texts.push(maker.dataEntry(pair, pair.value));
    else binaries.push(maker.dataEntry(pair, encodeBase64(pair.value)));
  }
  const entries = maker.baseEntries("ConfigMap");
  if (texts.length > 0) entries.push(maker.entry("data", maker.mapping(texts)));
  if (binaries.length > 0) entries.push(maker.entry("binaryData", maker.mapping(binaries)));
  return maker.finish(entries);
}

/** Makes a Secret (upstream: `MakeSecret`): all values in base64 under `data`, which is there even when it is empty. */
export function makeSecret(request: GeneratorRequest): Generated {
  const maker = new Maker(request);
  const encoder = new TextEncoder();
  const data = maker.pairs().map((pair) => {
    const bytes = typeof pair.value === "string" ? encoder.encode(pair.value) : pair.value;
    return maker.dataEntry(pair, encodeBase64(bytes));
  });
  const entries = maker.baseEntries("Secret");
  const type = getValue(request.args.node, "type");
  const given = type?.kind === "scalar" && type.text !== "" ? type : undefined;
  entries.push(maker.entry("type", maker.text(given?.text ?? "Opaque", given?.origin.place)));
  entries.push(maker.entry("data", maker.mapping(data)));
  return maker.finish(entries);
}

const behaviors: ReadonlySet<string> = new Set(["create", "replace", "merge"] satisfies Behavior[]);

class Maker {
  private readonly args: Field<Mapping>;
  private readonly options: Mapping | undefined;

  constructor(private readonly request: GeneratorRequest) {
    this.args = request.args;
    this.options = mappingField(this.args.node, "options");
  }

  /** All entries to make, by key; a key may come only once, wherever it comes from. */
  pairs(): readonly KeyValue[] {
    const { args } = this;
    const { read } = this.request;
    const env = getValue(args.node, "env");
    const envs = [...scalarItems(args, "envs")];
    // Only kustomizations know the old singular field; the files of plugins have no pointer.
    if (args.path !== "" && env?.kind === "scalar" && env.text !== "")
      envs.push({ node: env, path: `${args.path}/env` });
    const pairs = [
      ...envs.flatMap((field) => readEnvFile(field, read)),
      ...scalarItems(args, "literals").map(readLiteral),
      ...scalarItems(args, "files").map((field) => readFileSource(field, read)),
    ];
    const byKey = new Map<string, KeyValue>();
    for (const pair of pairs) {
      const earlier = byKey.get(pair.key);
      if (earlier !== undefined) throw repeatedKey(this.name.text, pair, earlier);
      byKey.set(pair.key, pair);
    }
    return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** The name in the entry, or of a plugin in its metadata. */
  private get name(): Scalar {
    const found = this.field("name");
    if (found !== undefined) return found;
    throw new BuildFailure({
      code: "kustomization/generator-without-name",
      severity: "error",
      place: this.args.node.origin.place,
      message: "A generator must name the object that it makes.",
      help: "Add `name: …` to the entry.",
      detail: "a configmap must have a name",
    });
  }

  private field(name: "name" | "namespace"): Scalar | undefined {
    for (const holder of [this.args.node, getValue(this.args.node, "metadata")]) {
      const value = getValue(holder, name);
      if (value?.kind === "scalar" && value.tag !== "null" && value.text !== "") return value;
    }
    return undefined;
  }

  baseEntries(kind: "ConfigMap" | "Secret"): Entry[] {
    const namespace = this.field("namespace");
    const metadata = [this.entry("name", this.text(this.name.text, this.name.origin.place))];
    if (namespace !== undefined)
      metadata.push(this.entry("namespace", this.text(namespace.text, namespace.origin.place)));
    for (const field of ["labels", "annotations"] as const) {
      const pairs = this.optionPairs(field);
      if (pairs.length > 0) metadata.push(this.entry(field, this.mapping(pairs)));
    }
    return [
      this.entry("apiVersion", this.text("v1")),
      this.entry("kind", this.text(kind)),
      this.entry("metadata", this.mapping(metadata)),
    ];
  }

  /** The labels or annotations of both options; the entry's own win. */
  private optionPairs(field: "labels" | "annotations"): readonly Entry[] {
    const merged = new Map([...pairsField(this.request.globalOptions, field), ...pairsField(this.options, field)]);
    return [...merged].map(([key, value]) => {
      const { place } = value.origin;
      return { key: this.key(key, place), value: this.made(value.text, "str", place, this.request.cause) };
    });
  }

  private flag(name: "immutable" | "disableNameSuffixHash"): boolean {
    return flagField(this.options, name) || flagField(this.request.globalOptions, name);
  }

  finish(entries: readonly Entry[]): Generated {
    const immutable = this.flag("immutable") ? [this.entry("immutable", this.made("true", "bool"))] : [];
    const behavior = textField(this.args.node, "behavior");
    return {
      node: this.mapping([...entries, ...immutable]),
      behavior: behaviors.has(behavior) ? (behavior as Behavior) : "unspecified",
      needsHash: !this.flag("disableNameSuffixHash"),
    };
  }

  dataEntry(pair: KeyValue, text: string): Entry {
    const cause = { ...this.request.cause, place: pair.entry, path: pair.path };
    return { key: this.key(pair.key, pair.keyPlace, cause), value: this.made(text, "str", pair.valuePlace, cause) };
  }

  entry(name: string, value: Node): Entry {
    return { key: this.key(name), value };
  }

  text(text: string, place?: Place): Scalar {
    return this.made(text, "str", place);
  }

  mapping(entries: readonly Entry[]): Mapping {
    return { kind: "mapping", entries, origin: this.origin() };
  }

  /** Upstream does not say that a key is a string, so `1` becomes a number, and then the object cannot be printed. */
  private key(text: string, place?: Place, cause?: Cause): Scalar {
    return this.made(text, resolveTag(text), place, cause);
  }

  private made(text: string, tag: Tag, place?: Place, cause?: Cause): Scalar {
    return { kind: "scalar", text, tag, style: "plain", origin: this.origin(place, cause) };
  }

  private origin(place: Place = this.request.cause.place, cause: Cause = this.request.cause): Origin {
    return { place, change: { ...cause } };
  }
}

function repeatedKey(name: string, pair: KeyValue, earlier: KeyValue): BuildFailure {
  return new BuildFailure({
    code: "kustomization/repeated-generator-key",
    severity: "error",
    place: pair.keyPlace,
    message: `The key \`${pair.key}\` of \`${name}\` is given twice.`,
    help: "Remove one of the two, or rename it.",
    detail: `configmap ${name} illegally repeats the key \`${pair.key}\``,
    related: [{ place: earlier.keyPlace, message: "It is given here first." }],
  });
}
