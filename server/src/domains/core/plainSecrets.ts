import { isPlaceholder } from "../../analysis/placeholders";
import { groupOf } from "../../kubernetes/apiGroup";
import { itemsOf, labelsOf } from "../../kubernetes/podTemplate";
import {
  decodeBase64,
  holdsPrivateKey,
  isConfidentialName,
  isSecretValue,
  isStandIn,
} from "../../kubernetes/secretText";
import { getIn, getValue, type Mapping, type Node, type Scalar, textOf } from "../../yaml/node";

/** A value in a manifest that should stay secret. */
export interface PlainSecret {
  /** What it is called: a key, a parameter, a field. */
  readonly name: string;
  /** The name, as it is written. */
  readonly key: Scalar;
}

/** The values of an object that should stay secret and stand in plain text (or in base64, which hides nothing). */
export function findPlainSecrets(root: Mapping): readonly PlainSecret[] {
  if (getValue(root, "sops") !== undefined) return [];
  const kind = textOf(getValue(root, "kind"));
  switch (`${groupOf(textOf(getValue(root, "apiVersion")) ?? "")}/${kind}`) {
    case "/Secret":
      return isFilledByCluster(root) ? [] : [...secretData(root)];
    case "/ConfigMap":
      return entriesOf(root, "data").flatMap(({ key, value }) =>
        holdsPrivateKey(textOf(value) ?? "") ? [named(key)] : [],
      );
    case "route.openshift.io/Route":
      return routeKey(root);
    case "argoproj.io/Application":
      return helmParameters(root);
    case "tekton.dev/PipelineRun":
    case "tekton.dev/TaskRun":
      return pairs(getIn(root, ["spec", "params"]), "value");
    case "tekton.dev/Pipeline":
    case "tekton.dev/Task":
      return pairs(getIn(root, ["spec", "params"]), "default");
    default:
      return [];
  }
}

/** A controller, or the Vault plugin of Argo CD, puts the values in. */
function isFilledByCluster(root: Mapping): boolean {
  const annotations = labelsOf(getIn(root, ["metadata", "annotations"]));
  if ([...annotations.keys()].some((key) => key.startsWith("avp.kubernetes.io/"))) return true;
  return textOf(getValue(root, "type")) === "kubernetes.io/service-account-token";
}

function* secretData(root: Mapping): Iterable<PlainSecret> {
  for (const { key, value } of entriesOf(root, "data")) {
    const text = textOf(value);
    if (text === undefined || isPlaceholder(text) || isAccepted(key)) continue;
    // What is no base64 is told by the schema.
    const decoded = decodeBase64(text);
    if (decoded !== undefined && isSecret(key.text, decoded)) yield named(key);
  }
  for (const { key, value } of entriesOf(root, "stringData")) {
    const text = textOf(value);
    if (text !== undefined && !isAccepted(key) && isSecret(key.text, text)) yield named(key);
  }
}

function isSecret(key: string, text: string): boolean {
  return isSecretValue(key, text) && (text.includes("\n") || !isPlaceholder(text));
}

/** The private key of a Route. */
function routeKey(root: Mapping): readonly PlainSecret[] {
  const entry = entriesIn(getIn(root, ["spec", "tls"])).find(({ key }) => key.text === "key");
  return entry !== undefined && holdsPrivateKey(textOf(entry.value) ?? "") ? [named(entry.key)] : [];
}

function helmParameters(root: Mapping): readonly PlainSecret[] {
  const sources = [getIn(root, ["spec", "source"]), ...itemsOf(getIn(root, ["spec", "sources"]))];
  return sources.flatMap((source) => pairs(getIn(source, ["helm", "parameters"]), "value"));
}

/** The items of a list with a `name` that says that the value is secret. */
function pairs(list: Node | undefined, field: "value" | "default"): readonly PlainSecret[] {
  return itemsOf(list).flatMap((item) => {
    const name = getValue(item, "name");
    const value = textOf(getValue(item, field)) ?? "";
    if (name?.kind !== "scalar" || !isConfidentialName(name.text) || value.length < 4) return [];
    return isStandIn(value) || isPlaceholder(value) || !isSecretLike(name.text, value) ? [] : [named(name)];
  });
}

/** A parameter often names the Secret, the file or the key in which the value is. */
function isSecretLike(name: string, value: string): boolean {
  return (
    /pass(?:word|wd|phrase)?$|token$|api[-_]?key$/i.test(name) &&
    !/^[a-z][a-z-]*$|^(?:true|false)$|[/ ]|^\d{1,4}$/.test(value)
  );
}

/** Whether a comment behind a key tells a scanner of secrets that its value may be known. */
function isAccepted({ origin: { place } }: Scalar): boolean {
  const { text } = place.file;
  const end = text.indexOf("\n", place.end);
  return /#.*\b(?:gitleaks:allow|notsecret|allowlist secret|trufflehog:ignore)\b/.test(
    text.slice(place.end, end < 0 ? text.length : end),
  );
}

function named(key: Scalar): PlainSecret {
  return { name: key.text, key };
}

function entriesOf(root: Mapping, field: string): Mapping["entries"] {
  return entriesIn(getValue(root, field));
}

function entriesIn(node: Node | undefined): Mapping["entries"] {
  return node?.kind === "mapping" ? node.entries : [];
}
