import { makeSecretHash } from "../platform/hash";
import type { KubeObject } from "./kubeObject";

/** A Secret; values are what nobody may see. */
interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly stringData?: Readonly<Record<string, unknown>> | null | undefined;
}

const mask = "++++++++";
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** Whether the values of an object must not be shown. */
export function isSecret({ apiVersion, kind }: Pick<KubeObject, "apiVersion" | "kind">): boolean {
  return kind === "Secret" && apiVersion === "v1";
}

/**
 * States of one object in which no value of a Secret is left, so that they can be shown: the first is what the others are compared with, and
 * a value that is not the same there is marked so. Objects of other kinds stay as they are. Values are compared by a hash that nobody can repeat.
 */
export function maskSecrets(states: readonly (KubeObject | undefined)[]): readonly (KubeObject | undefined)[] {
  const secretHash = makeSecretHash();
  const hash = (value: string): string => secretHash(Buffer.from(value, "base64"));
  const values = states.map((state) => (state === undefined || !isSecret(state) ? undefined : encodedData(state)));
  const [first] = values;
  const known = new Map([...(first ?? [])].map(([key, value]) => [key, hash(value)]));
  return states.map((state, i) => {
    const own = values[i];
    if (state === undefined || own === undefined) return state;
    const masked = [...own].map(([key, value]): [string, string] => {
      const isOther = i > 0 && first !== undefined && known.has(key) && known.get(key) !== hash(value);
      return [key, isOther ? `${mask} (changed)` : mask];
    });
    const { data: _, stringData: __, metadata, ...rest } = state as Secret;
    const shown = { ...rest, metadata: maskMetadata(metadata) };
    return masked.length === 0 ? shown : { ...shown, data: Object.fromEntries(masked) };
  });
}

/** What `data` holds in the end: base64, with `stringData` over it. */
function encodedData({ data, stringData }: Secret): ReadonlyMap<string, string> {
  const encoded = new Map(entriesOf(data).map(([key, value]) => [key, value.replace(/\s/g, "")]));
  for (const [key, value] of entriesOf(stringData)) encoded.set(key, Buffer.from(value).toString("base64"));
  return encoded;
}

function entriesOf(map: Secret["data"]): [string, string][] {
  return Object.entries(map ?? {}).map(([key, value]) => [key, value === null ? "" : String(value)]);
}

/** The annotation of `kubectl apply` holds the whole Secret; only its keys are left. */
function maskMetadata(metadata: KubeObject["metadata"]): KubeObject["metadata"] {
  const { annotations } = metadata;
  const text = annotations?.[lastApplied];
  if (annotations === undefined || text === undefined) return metadata;
  const { [lastApplied]: _, ...rest } = annotations;
  return { ...metadata, annotations: { ...rest, ...maskAnnotation(text) } };
}

function maskAnnotation(text: string): Readonly<Record<string, string>> {
  try {
    const [masked] = maskSecrets([JSON.parse(text) as KubeObject]);
    const parsed = masked as Secret | undefined;
    return parsed !== undefined && isSecret(parsed) ? { [lastApplied]: JSON.stringify(parsed) } : {};
  } catch {
    return {};
  }
}

/** A text of the API server about an object without the values of a Secret, in whatever form it quotes them. */
export function hideSecretValues(text: string, object: KubeObject): string {
  if (!isSecret(object)) return text;
  const { data, stringData } = object as Secret;
  const values = [...entriesOf(data), ...entriesOf(stringData)].flatMap(([, value]) => {
    const decoded = Buffer.from(value, "base64").toString();
    return [value, decoded, Buffer.from(value).toString("base64")].flatMap((each) => [each, quoted(each), each.trim()]);
  });
  const longestFirst = [...new Set(values)].filter((each) => each !== "").sort((a, b) => b.length - a.length);
  return longestFirst.reduce((hidden, value) => hidden.replaceAll(value, mask), text);
}

/** As it stands between quotes. */
function quoted(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
