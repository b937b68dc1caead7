import type { Cause, Entry, Mapping, Node, Scalar } from "../../yaml/node";
import { resolveTag } from "../../yaml/scalar";
import type { Place } from "../../yaml/source";
import { BuildFailure } from "../failure";

/** What an IAMPolicyGenerator is told, with the scalars of its configuration. */
export interface IamPolicy {
  readonly cloud: string;
  readonly kubernetesName: Scalar | undefined;
  readonly kubernetesNamespace: Scalar | undefined;
  readonly serviceAccountName: Scalar | undefined;
  readonly projectId: Scalar | undefined;
}

/**
 * Makes the ServiceAccount that binds a Google Cloud account (upstream `api/filters/iampolicygenerator`).
 * @throws BuildFailure for any cloud but `gke`.
 */
export function makeIamServiceAccount(policy: IamPolicy, cause: Cause): Mapping {
  if (policy.cloud !== "gke") {
    throw new BuildFailure({
      code: "kustomization/unknown-cloud",
      severity: "error",
      place: cause.place,
      message: `There is no IAM policy generator for the cloud "${policy.cloud}".`,
      help: "Write `cloud: gke`.",
      detail: `cloud provider ${policy.cloud} not supported yet`,
    });
  }
  const account = `${policy.serviceAccountName?.text ?? ""}@${policy.projectId?.text ?? ""}.iam.gserviceaccount.com`;
  const place = policy.serviceAccountName?.origin.place ?? cause.place;
  const make = maker(cause);
  const metadata: Entry[] = [
    make.entry("annotations", make.mapping([make.entry("iam.gke.io/gcp-service-account", make.text(account, place))])),
    make.entry("name", untyped(policy.kubernetesName ?? make.text("", cause.place))),
  ];
  const { kubernetesNamespace } = policy;
  if (kubernetesNamespace !== undefined && kubernetesNamespace.text !== "") {
    metadata.push(make.entry("namespace", untyped(kubernetesNamespace)));
  }
  return make.mapping([
    make.entry("apiVersion", make.text("v1", cause.place)),
    make.entry("kind", make.text("ServiceAccount", cause.place)),
    make.entry("metadata", make.mapping(metadata)),
  ]);
}

/** Upstream fills a text with the names and reads that as YAML: there a name `1.10` is a number, whatever it was before. */
function untyped(scalar: Scalar): Scalar {
  return { ...scalar, tag: resolveTag(scalar.text), style: "plain" };
}

function maker(cause: Cause) {
  const text = (value: string, place: Place): Scalar => ({
    kind: "scalar",
    text: value,
    tag: "str",
    style: "plain",
    origin: { place, change: cause },
  });
  return {
    text,
    entry: (key: string, value: Node): Entry => ({ key: text(key, cause.place), value }),
    mapping: (entries: readonly Entry[]): Mapping => ({
      kind: "mapping",
      entries,
      origin: { place: cause.place, change: cause },
    }),
  };
}
