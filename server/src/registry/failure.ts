import type { HttpAnswer, HttpError } from "../platform/http";
import { isDockerHub } from "./imageHome";
import { listOf, mapOf, parseObject, textOf } from "./jsonValue";
import { RegistryError } from "./registry";
import { cancelledError, readRetryAfter } from "./retry";

/** How a person allows a registry that cannot be verified, where there is an editor and where there is none. */
const allowInsecure = "the setting gitopsAuthor.registry.insecureHosts (in a terminal: --insecure-registry)";

/** Why `host` gave no answer at all; `role` is `registry`, or what else was asked. */
export function ofHttpError({ problem, reason }: HttpError, host: string, role = "registry"): RegistryError {
  const who = `The ${role} ${host}`;
  switch (problem) {
    case "cancelled":
      return cancelledError();
    case "unreachable":
      return new RegistryError("unreachable", `${who} cannot be reached: ${reason}. ${whatToCheck(host)}`);
    case "timeout":
      return new RegistryError("unreachable", `${who} does not answer. ${reason} Try again later.`);
    case "proxy":
      return new RegistryError(
        "unreachable",
        `${who} cannot be reached. ${reason} Check the proxy (VS Code's setting http.proxy, or HTTPS_PROXY), with user and password where it wants them, or name the host in NO_PROXY.`,
      );
    case "untrusted":
      return new RegistryError(
        "unreachable",
        `The certificate of ${host} cannot be verified: ${reason}. Put the certificate of its authority into ~/.docker/certs.d/${host}/ca.crt ` +
          `or into the file that NODE_EXTRA_CA_CERTS names; or, if you do without, name the host in ${allowInsecure}.`,
      );
    case "notTls":
      return new RegistryError(
        "unreachable",
        `${who} does not speak TLS. If plain HTTP is meant, name the host in ${allowInsecure}; logins can then be read on the way.`,
      );
    case "cutOff":
      return new RegistryError("broken", `The answer of ${host} ended in its middle, several times. Try again later.`);
    case "tooLarge":
    case "invalid":
      return new RegistryError("broken", `What ${host} answers cannot be used. ${reason} Is there a registry?`);
  }
}

function whatToCheck(host: string): string {
  if (!/\.svc(?:\.cluster\.local)?(?::\d+)?$/.test(host)) {
    return "Check its name, your network, and the proxy (VS Code's setting http.proxy, or HTTPS_PROXY and NO_PROXY).";
  }
  const openShift = host.startsWith("image-registry.openshift-image-registry.svc")
    ? " OpenShift's has a route where the administrator exposed it: 'oc registry info --public' tells its name, and 'oc registry login' logs you in there."
    : "";
  return `That name holds within its cluster only.${openShift}`;
}

/** What was asked, for the words about an answer that is none. */
export interface AskedFor {
  readonly host: string;
  /** The image as it was written, for example `quay.io/team/app`. */
  readonly image: string;
  /** For example `the tag 1.2 of quay.io/team/app`. */
  readonly what: string;
  /** Whether a login went along. */
  readonly signedIn: boolean;
  /** Whether the service that gives tokens took it. */
  readonly isAccepted?: boolean | undefined;
  /** Why there was none, when somebody knows. */
  readonly loginProblem?: string | undefined;
  /** Texts that the message must not repeat, whatever the registry says. */
  readonly secrets: readonly string[];
}

/** Why an answer with this status is no answer. */
export function ofStatus(answer: HttpAnswer, asked: AskedFor): RegistryError {
  const { host, what } = asked;
  const { status } = answer;
  const said = wordsOf(answer, asked.secrets);
  if (status === 401 || status === 403) return unauthorized(status, asked, said);
  if (status === 404) {
    const version = /@sha\d+:/.test(what) ? "digest" : "tag";
    return new RegistryError("notFound", `${host} has no ${what}.${said} Check name and ${version}.`);
  }
  if (status === 429) return rateLimited(host, readRetryAfter(answer), { said, signedIn: asked.signedIn });
  if (status >= 500) {
    return new RegistryError(
      "unreachable",
      `${host} has trouble of its own (status ${status}).${said} Try again later.`,
    );
  }
  return new RegistryError("refused", `${host} refused to answer for the ${what} (status ${status}).${said}`);
}

/** The registry wants fewer questions. */
export function rateLimited(
  host: string,
  retryAfter: number | undefined,
  { said = "", signedIn = false }: { readonly said?: string; readonly signedIn?: boolean } = {},
): RegistryError {
  const when = retryAfter === undefined ? "Try again later" : `Try again in ${inWords(retryAfter)}`;
  const advice = signedIn ? "" : "; with a login many registries allow more";
  return new RegistryError("rateLimited", `${host} got too many requests.${said} ${when}${advice}.`, retryAfter);
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`;
}

/** Docker Hub, Quay and GHCR say the same of what does not exist and of what may not be seen; whoever gives tokens says 401 of it also to those who have one. */
function unauthorized(status: number, asked: AskedFor, said: string): RegistryError {
  const { host, image, signedIn, isAccepted, loginProblem } = asked;
  const problem = loginProblem === undefined ? "" : ` ${loginProblem}`;
  const login = isDockerHub(host) ? "docker login" : `docker login ${host}`;
  if (!signedIn) {
    return new RegistryError(
      "unauthorized",
      `${host} wants a login for ${image}, or does not have it, and no login was found.${problem}${said} Run '${login}' (or podman login).`,
    );
  }
  return new RegistryError(
    "unauthorized",
    status === 401 && isAccepted !== true
      ? `${host} did not accept your login for ${image}.${problem}${said} Run '${login}' (or podman login) again.`
      : `${host} does not allow your login to do this with ${image}, or does not have it.${problem}${said} Ask its owner for the right, or log in as somebody who has it.`,
  );
}

/** What the registry says itself (OCI distribution: "Error codes"), in one line and not too long. */
function wordsOf({ body }: HttpAnswer, secrets: readonly string[]): string {
  const whole = parseObject(new TextDecoder().decode(body)) ?? new Map<string, unknown>();
  const first = mapOf(listOf(whole.get("errors"))[0]);
  const official = [textOf(first.get("code")), textOf(first.get("message"))].filter((each) => each !== "").join(": ");
  // Services that give tokens have words of their own: OAuth2, GitLab, Docker Hub.
  const words = official || ["error_description", "message", "details"].map((key) => textOf(whole.get(key))).join(" ");
  let clean = words.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  for (const secret of secrets) if (secret !== "") clean = clean.replaceAll(secret, "…");
  if (clean === "") return "";
  return ` It says: ${clean.length > 200 ? `${clean.slice(0, 200)}…` : clean.replace(/\.$/, "")}.`;
}
