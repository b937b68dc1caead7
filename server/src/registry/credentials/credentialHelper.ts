import type { Programs } from "../../platform/programs";
import { parseObject, textOf } from "../jsonValue";
import { cancelledError } from "../retry";
import type { FoundLogin } from "./login";

/** How helpers are run. */
export interface HelperRuns {
  /** Absent where the workspace is not trusted: then no helper runs. */
  readonly programs: Programs | undefined;
  /** The working directory, which helpers have no use for. */
  readonly directory: string;
  /** In milliseconds; a keychain may have to ask the person first. */
  readonly timeout: number;
}

/** A helper answers in some hundred bytes. */
const mostOutput = 64 * 1024;

/**
 * Asks a credential helper (docker-credential-helpers: `docker-credential-NAME get` reads an address and writes `{ ServerURL, Username, Secret }`).
 * What it writes is never repeated in a message, since it may hold the secret.
 *
 * @throws RegistryError `cancelled`
 */
export async function askHelper(
  name: string,
  server: string,
  { programs, directory, timeout }: HelperRuns,
  signal: AbortSignal | undefined,
): Promise<FoundLogin> {
  const program = `docker-credential-${name}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    return {
      problem:
        "The name of the credential helper in your registry logins is none: it must be letters, digits, '.', '_' and '-'.",
    };
  }
  if (programs === undefined) return { problem: `The credential helper '${program}' runs in trusted workspaces only.` };
  const byHand = `Try it in a terminal: echo ${server} | ${program} get`;
  const end = await programs.run({ program, args: ["get"], directory, input: server, timeout, signal, mostOutput });
  switch (end.kind) {
    case "notFound":
      return {
        problem: `The credential helper '${program}' is not installed, or not on the PATH. Install it, or log in again without it.`,
      };
    case "failed":
      return { problem: `The credential helper '${program}' could not be started: ${end.reason} ${byHand}` };
    case "stopped":
      if (end.why === "cancelled") throw cancelledError();
      return end.why === "timeout"
        ? {
            problem: `The credential helper '${program}' did not answer within ${timeout / 1000} s and was stopped. ${byHand}`,
          }
        : { problem: `The credential helper '${program}' wrote far too much and was stopped. ${byHand}` };
    case "ended":
      return readAnswer(new TextDecoder().decode(end.output), end.code, program, byHand);
  }
}

function readAnswer(output: string, code: number, program: string, byHand: string): FoundLogin {
  // What the helpers' library prints when there is no such login; it is no failure.
  if (code !== 0 && /credentials not found|no credentials server URL/i.test(output)) return {};
  if (code !== 0) return { problem: `The credential helper '${program}' failed with exit code ${code}. ${byHand}` };
  const answer = parseObject(output);
  const user = textOf(answer?.get("Username"));
  const secret = textOf(answer?.get("Secret"));
  if (answer === undefined)
    return { problem: `The credential helper '${program}' answered with something that is no JSON. ${byHand}` };
  if (secret === "") return {};
  // So helpers mark a refresh token.
  if (user === "<token>") return { login: { kind: "identityToken", token: secret } };
  return { login: { kind: "password", user, password: secret } };
}
