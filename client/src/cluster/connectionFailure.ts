import { proxyVariable } from "../../../server/src/protocol/environmentProxy";
import { expiryOf } from "../platform/certificate";
import { ProxyError } from "../platform/tunnel";
import { ApiError, ofWrite, onlySpeaksTls, toNetworkError } from "./apiError";
import type { ClusterContext } from "./kubeconfig";

/**
 * Why a call did not reach the API server of a context, with the next step where the kubeconfig is what has to change. Where the answer to a write
 * was lost, says that it may have been done.
 */
export function explainFailure(error: unknown, context: ClusterContext, isWrite = false): ApiError {
  const { server, name, file, proxy } = context;
  const host = hostOf(server);
  if (error instanceof ApiError && error.message === onlySpeaksTls) {
    const step = `Write https://${host} as the server of the cluster into '${file}'.`;
    return new ApiError(error.kind, `${host} only speaks TLS. ${step}`, error.details);
  }
  if (error instanceof ProxyError) {
    const variable = `The variable ${proxyVariable(new URL(server))}`;
    const names = proxy === undefined ? variable : `The proxy-url of the context '${name}' in '${file}'`;
    const step = `${names} names it.`;
    return new ApiError("unreachable", `${host} cannot be reached: ${error.message}. ${step}`);
  }
  const { code = "", message = "" } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  if (code.startsWith("ERR_OSSL")) {
    const what = `A certificate or key that the kubeconfig names for '${name}' cannot be used`;
    return new ApiError("certificate", `${what}: ${message.replace(/^error:\w+:/, "")}. Look into '${file}'.`);
  }
  const failure = toNetworkError(error, server);
  if (failure.kind !== "certificate") return isWrite ? ofWrite(failure, error) : failure;
  return new ApiError("certificate", `${failure.message} ${adviceFor(code, context)}`);
}

/** What helps when the certificate of the server is not believed, by what Node (OpenSSL) says about it. */
function adviceFor(code: string, { file }: ClusterContext): string {
  if (code === "CERT_HAS_EXPIRED")
    return "Ask whoever runs the cluster to renew it, and look whether your clock is right.";
  if (code === "CERT_NOT_YET_VALID") return "Look whether your clock is right.";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `If it is the right server, write a name of its certificate as tls-server-name of the cluster into '${file}'.`;
  }
  return `If it is the right server, write the authority that signed it as certificate-authority of the cluster into '${file}', or sign in anew with what wrote that file.`;
}

/** The server knows who it is no more: 401. A client certificate that ran out is told as such. */
export function describeRefusal(context: ClusterContext, certificate?: Buffer | string): ApiError {
  const { server, user, program, provider } = context;
  const what = program === undefined ? `the credentials of '${user}'` : `what the program of '${user}' gives`;
  const expiry = certificate === undefined ? undefined : expiryOf(certificate);
  const isOver = expiry !== undefined && expiry.getTime() < Date.now();
  const why = isOver ? `: the client certificate ran out on ${expiry.toISOString().slice(0, 10)}` : " (any more)";
  const again = "Sign in again, for example with your kubectl or oc, and try again.";
  const step = provider === "oidc" ? renewal(context) : again;
  return new ApiError("signIn", `${hostOf(server)} does not accept ${what}${why}. ${step}`, { status: 401 });
}

function renewal({ file }: ClusterContext): string {
  return `kubectl renews the token in '${file}' with its next call, which is noticed here. A program that signs in, such as kubelogin (https://github.com/int128/kubelogin), renews it by itself.`;
}

/**
 * Why nobody can sign in by the `auth-provider` that a kubeconfig names; nothing where one can, by the token that OpenID Connect gave. kubectl has
 * lost all others, and refuses them even where there is a token too (client-go, `plugin/pkg/client/auth`).
 */
export function describeProvider(context: ClusterContext): ApiError | undefined {
  const { user, file, provider, makeConfig } = context;
  if (provider === undefined) return undefined;
  if (provider === "oidc") {
    if (makeConfig().getCurrentUser()?.token) return undefined;
    return new ApiError("signIn", `'${file}' has no token of '${user}' yet. ${renewal(context)}`);
  }
  const what = `'${user}' signs in by the auth-provider '${provider}', which kubectl does not have any more either`;
  const step = replacements.get(provider) ?? "Let a program sign in (exec in the kubeconfig).";
  return new ApiError("signIn", `${what}. ${step}`);
}

/** What took the place of an `auth-provider`. */
const replacements: ReadonlyMap<string, string> = new Map([
  ["gcp", "Install gke-gcloud-auth-plugin and run 'gcloud container clusters get-credentials'."],
  ["azure", "Install Azure's kubelogin and run 'kubelogin convert-kubeconfig'."],
]);

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, "");
}
