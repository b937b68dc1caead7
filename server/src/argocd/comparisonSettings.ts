import { fieldOf, isMap, type Json, type JsonMap } from "../kubernetes/json";
import { goJsonText } from "../yaml/goJsonText";
import { readDocuments } from "../yaml/read";
import { asYaml11 } from "../yaml/scalar";
import { type IgnoreRule, parseIgnoreRules } from "./ignoreDifferences";

/** What an Argo CD says of comparisons for all its Applications. */
export interface ComparisonSettings {
  readonly ignored: readonly IgnoreRule[];
  /** Of which objects the status does not count: of all, of CustomResourceDefinitions, or of none. */
  readonly ignoredStatus: "all" | "crd" | "none";
  /** The rules of ClusterRoles that are put together of others do not count. */
  readonly ignoreAggregatedRoles: boolean;
  /** The label by which objects are known. */
  readonly instanceLabel: string;
  /** Argo CD writes that label itself, whatever the files say. */
  readonly writesInstanceLabel: boolean;
}

/**
 * Reads the data of the ConfigMap `argocd-cm` (`GetResourceOverrides` and `GetResourceCompareOptions` of argo-cd `util/settings/settings.go`). A
 * key of its own for each kind wins over the one key for all of them; what cannot be read is left out.
 */
export function parseComparisonSettings(data: ReadonlyMap<string, string>): ComparisonSettings {
  const overrides = new Map<string, Json>();
  for (const [kind, override] of entriesOf(parseYaml(data.get("resource.customizations")))) {
    const text = fieldOf(override, "ignoreDifferences");
    if (typeof text === "string") overrides.set(kind, parseYaml(text) ?? {});
  }
  for (const [key, text] of data) {
    const kind = /^resource\.customizations\.ignoreDifferences\.([\s\S]+)$/.exec(key)?.[1];
    const parts = kind?.split("_") ?? [];
    if (kind === undefined || parts.length > 2) continue;
    overrides.set(kind === "all" ? "*/*" : parts.join("/"), parseYaml(text) ?? {});
  }
  const compare = parseYaml(data.get("resource.compareoptions"));
  const tracking = data.get("application.resourceTrackingMethod");
  return {
    ignored: [...overrides].flatMap(([key, rule]) => toRule(key, rule)),
    ignoredStatus: toIgnoredStatus(fieldOf(compare, "ignoreResourceStatusField")),
    ignoreAggregatedRoles: fieldOf(compare, "ignoreAggregatedRoles") === true,
    instanceLabel: data.get("application.instanceLabelKey") || "app.kubernetes.io/instance",
    writesInstanceLabel: tracking === "label" || tracking === "annotation+label",
  };
}

/** `off` without quotes is false in YAML; what is not understood counts for nothing (`GetResourceOverrides`). */
function toIgnoredStatus(value: Json | undefined): ComparisonSettings["ignoredStatus"] {
  if (value === "crd") return "crd";
  return ["none", "off", "false"].includes(String(value)) ? "none" : "all";
}

/** Whether the status of an object is compared; nobody compares it unless the settings say so. */
export function comparesStatus(
  { ignoredStatus }: Pick<ComparisonSettings, "ignoredStatus">,
  { group, kind }: { readonly group: string; readonly kind: string },
): boolean {
  if (ignoredStatus !== "crd") return ignoredStatus === "none";
  return group !== "apiextensions.k8s.io" || kind !== "CustomResourceDefinition";
}

/** Managers are looked up by the exact name, in which a kind without a group never is (`HasIgnoreDifference` of `util/argo/diff/ignore.go`). */
function toRule(key: string, rule: Json): readonly IgnoreRule[] {
  if (!isMap(rule)) return [];
  const parts = key.split("/");
  if (parts.length > 2) return [];
  const [group = "", kind = ""] = parts.length === 1 ? ["", key] : parts;
  const isExact = key === "*/*" || (parts.length === 2 && !/[*?[\]{}\\]/.test(key));
  const [parsed] = parseIgnoreRules([{ ...rule, group, kind, name: "", namespace: "" }]);
  return parsed === undefined ? [] : [isExact ? parsed : { ...parsed, managedFieldsManagers: [] }];
}

function parseYaml(text: string | undefined): Json | undefined {
  const [document] = readDocuments({ path: "/argocd-cm", text: text ?? "" });
  if (document?.root === undefined || document.problems.length > 0) return undefined;
  const json = goJsonText(asYaml11(document.root), "");
  return json === undefined ? undefined : (JSON.parse(json) as Json);
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isMap(value) ? Object.entries(value as JsonMap) : [];
}
