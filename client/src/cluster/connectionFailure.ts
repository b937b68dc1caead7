import { proxyVariable } from "../../../server/src/protocol/environmentProxy";
import { expiryOf } from "../platform/certificate";
import { ProxyError } from "../platform/tunnel";
import { ApiError, ofWrite, toNetworkError } from "./apiError";
import type { ClusterContext } from "./kubeconfig";

/**
 * Why a call did not reach the API server of a context, with the next step where the kubeconfig is what has to change. Where the answer to a write
 * was lost, says that it may have been done.
 */
export function explainFailure(error: unknown, context: ClusterContext, isWrite = false): ApiError {
  const { server, name, file, proxy } = context;
  const host = hostOf(server);
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
export function describeRefusal({ server, user, program }: ClusterContext, certificate?: Buffer | string): ApiError {
  const what = program === undefined ? `the credentials of '${user}'` : `what the program of '${user}' gives`;
  const expiry = certificate === undefined ? undefined : expiryOf(certificate);
  const isOver = expiry !== undefined && expiry.getTime() < Date.now();
  const why = isOver ? `: the client certificate ran out on ${expiry.toISOString().slice(0, 10)}` : " (any more)";
  const step = "Sign in again, for example with your kubectl or oc, and try again.";
  return new ApiError("signIn", `${hostOf(server)} does not accept ${what}${why}. ${step}`, { status: 401 });
}

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, "");
}
