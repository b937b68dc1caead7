import type { Feature, FeatureContext } from "../analysis/feature";
import { isObject } from "../analysis/manifests";
import { type PullSecretText, readPullSecret, readPullSecretData } from "../kubernetes/pullSecret";
import {
  type FoundPullSecret,
  type PullSecretsParameters,
  pullSecretsRequest,
  type UsedPullSecret,
  type UsePullSecretParameters,
  usePullSecretRequest,
} from "../protocol/pullSecrets";
import { holdsLogin, registryOf } from "../registry/credentials/pullSecret";
import { loadBuild } from "../render/loadBuild";
import type { Snapshot } from "../workspace/snapshot";
import { getIn, type Mapping, textOf } from "../yaml/node";
import { labelOf } from "./previewTargets";

/** Pull secrets in files and in what an overlay renders, to choose from. */
export const pullSecretsFeature: Feature<PullSecretsParameters, readonly FoundPullSecret[]> = {
  method: pullSecretsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  async handle(parameters, context) {
    return (await findPullSecrets(parameters, context)).map(({ id, name, where }) => ({ id, name, where }));
  },
};

/** Takes over the logins of a pull secret that the person has chosen. */
export const usePullSecretFeature: Feature<UsePullSecretParameters, UsedPullSecret> = {
  method: usePullSecretRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: { problem: "The pull secret could not be read. See the output of GitOps Author." },
  async handle({ image, root, secret }, context) {
    const { signIn } = context;
    if (signIn === undefined) return { problem: "Registries are not asked in a workspace that you do not trust." };
    const chosen =
      secret.kind === "cluster"
        ? readPullSecretData(secret.type, new Map(Object.entries(secret.data)))
        : (await findPullSecrets({ image, root }, context)).find(({ id }) => id === secret.id)?.content;
    if (chosen === undefined || !holdsLogin(chosen, image)) {
      return { problem: `This Secret holds no login for ${registryOf(image)}. Choose another one, or log in.` };
    }
    signIn(chosen);
    return {};
  },
};

interface Candidate extends FoundPullSecret {
  readonly content: PullSecretText;
}

/** The same Secret is named once, by its file where it has one. */
async function findPullSecrets(
  { image, root }: PullSecretsParameters,
  context: FeatureContext,
): Promise<readonly Candidate[]> {
  const found = new Map<string, Candidate>();
  for (const [where, node] of [...written(context.snapshot), ...(await rendered(root, context))]) {
    const content = readPullSecret(node);
    if (content === undefined || !holdsLogin(content, image)) continue;
    const name = nameOf(node);
    const key = JSON.stringify([name, content.text]);
    if (!found.has(key)) found.set(key, { id: `${where} ${name}`, name, where, content });
  }
  return [...found.values()];
}

function* written(snapshot: Snapshot): Iterable<readonly [string, Mapping]> {
  for (const path of snapshot.yamlFiles()) {
    if (!/kubernetes\.io\/dockerc(?:onfigjson|fg)/.test(snapshot.file(path)?.text ?? "")) continue;
    for (const document of snapshot.documents(path)) {
      if (isObject(document) && document.root?.kind === "mapping")
        yield [labelOf(path, snapshot.folders), document.root];
    }
  }
}

/** Generators make Secrets from files, too. */
async function rendered(
  root: string | undefined,
  context: FeatureContext,
): Promise<readonly (readonly [string, Mapping])[]> {
  const document = root === undefined ? undefined : context.fromUri(root);
  if (document === undefined) return [];
  const path = document.kind === "source" ? document.path : document.root;
  const { result } = await loadBuild(context.builds, context, path, context.cancellation);
  return result.resources.map(({ node }) => [`rendered by ${labelOf(path, context.snapshot.folders)}`, node]);
}

function nameOf(node: Mapping): string {
  const part = (key: string): string => textOf(getIn(node, ["metadata", key])) ?? "";
  return part("namespace") === "" ? part("name") : `${part("namespace")}/${part("name")}`;
}
