import { getIn, getValue, type Mapping, textOf } from "../yaml/node";
import { decodeBase64 } from "./secretText";

/** The logins that a Secret holds for the kubelet, decoded. */
export interface PullSecretText {
  /** `config` has its logins below `auths`, `dockercfg` at the top. */
  readonly form: "config" | "dockercfg";
  readonly text: string;
}

/** Types of Secrets that hold logins for registries, and their only key (Kubernetes: "Docker config Secrets"). */
const forms = [
  { type: "kubernetes.io/dockerconfigjson", key: ".dockerconfigjson", form: "config" },
  { type: "kubernetes.io/dockercfg", key: ".dockercfg", form: "dockercfg" },
] as const;

/** What a manifest of a Secret holds; `undefined` for all others and for what is no base64. `stringData` counts before `data`, as in a cluster. */
export function readPullSecret(root: Mapping): PullSecretText | undefined {
  if (textOf(getValue(root, "apiVersion")) !== "v1" || textOf(getValue(root, "kind")) !== "Secret") return undefined;
  const found = forms.find(({ type }) => type === textOf(getValue(root, "type")));
  if (found === undefined) return undefined;
  const plain = textOf(getIn(root, ["stringData", found.key]));
  return decoded(found.form, plain, textOf(getIn(root, ["data", found.key])));
}

/** The same for what the API of a cluster gave. */
export function readPullSecretData(type: string, data: ReadonlyMap<string, unknown>): PullSecretText | undefined {
  const found = forms.find((each) => each.type === type);
  const packed = found && data.get(found.key);
  return found === undefined || typeof packed !== "string" ? undefined : decoded(found.form, undefined, packed);
}

function decoded(
  form: PullSecretText["form"],
  plain: string | undefined,
  packed: string | undefined,
): PullSecretText | undefined {
  const text = plain ?? (packed === undefined ? undefined : decodeBase64(packed));
  return text === undefined ? undefined : { form, text };
}
