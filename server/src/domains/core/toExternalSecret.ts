import type { SymbolIndex } from "../../workspace/symbols";
import type { SourceDocument } from "../../yaml/document";
import { insertEntry, removeAt, setValue } from "../../yaml/edit";
import { getIn, getValue, type Mapping, textOf } from "../../yaml/node";
import type { RewriteStep } from "../../yaml/rewrite";
import type { EditValue } from "../../yaml/writeValue";

const group = "external-secrets.io";

/**
 * How to turn a Secret into an ExternalSecret that fetches the same keys from a store; `undefined` for anything else than one Secret with
 * data. It names the only store that the workspace defines; where there is none, or several, the name is left to fill in.
 */
export function toExternalSecret(
  { root }: SourceDocument,
  symbols: SymbolIndex,
): { readonly title: string; readonly steps: readonly RewriteStep[] } | undefined {
  const name = textOf(getIn(root, ["metadata", "name"]));
  if (root?.kind !== "mapping" || name === undefined) return undefined;
  if (textOf(getValue(root, "kind")) !== "Secret" || textOf(getValue(root, "apiVersion")) !== "v1") return undefined;
  const keys = keysOf(root);
  if (keys.length === 0) return undefined;
  const stores = ["SecretStore", "ClusterSecretStore"].flatMap((kind) => symbols.objectsOf(group, kind));
  const [store, ...more] = stores.filter(({ isPatch }) => isPatch !== true);
  const known = more.length === 0 ? store?.object : undefined;
  const spec: EditValue = new Map<string, EditValue>([
    ["refreshInterval", "1h"],
    [
      "secretStoreRef",
      new Map([
        ["kind", known?.kind ?? "ClusterSecretStore"],
        ["name", known?.name ?? "NAME_OF_YOUR_STORE"],
      ]),
    ],
    ["target", targetOf(root, name)],
    [
      "data",
      keys.map(
        (key) =>
          new Map<string, EditValue>([
            ["secretKey", key],
            [
              "remoteRef",
              new Map([
                ["key", name],
                ["property", key],
              ]),
            ],
          ]),
      ),
    ],
  ]);
  const left = ["data", "stringData", "type", "immutable"].filter((field) => getValue(root, field) !== undefined);
  return {
    title: known === undefined ? "Turn into an ExternalSecret" : `Turn into an ExternalSecret of '${known.name}'`,
    steps: [
      (document) => setValue(document, ["apiVersion"], `${group}/v1`),
      (document) => setValue(document, ["kind"], "ExternalSecret"),
      ...left.map(
        (field): RewriteStep =>
          (document) =>
            removeAt(document, [field]),
      ),
      (document) => insertEntry(document, [], { key: "spec", value: spec }),
    ],
  };
}

function keysOf(root: Mapping): readonly string[] {
  const keys = ["data", "stringData"].flatMap((field) => {
    const data = getValue(root, field);
    return data?.kind === "mapping" ? data.entries.map(({ key }) => key.text) : [];
  });
  return [...new Set(keys)];
}

/** The Secret that comes of it: of the same name, and of the same type. */
function targetOf(root: Mapping, name: string): EditValue {
  const type = textOf(getValue(root, "type"));
  const target = new Map<string, EditValue>([["name", name]]);
  if (type !== undefined && type !== "Opaque") target.set("template", new Map([["type", type]]));
  return target;
}
