import type { Place, SourceFile } from "../yaml/source";
import { BuildFailure } from "./failure";
import type { RemoteFound, RemotePort } from "./ports";

/** The part of a build that knows the host's port. */
export interface RemoteAccess {
  readonly options: { readonly remote?: RemotePort | undefined };
  portCalls: number;
  portIsPending: boolean;
}

/**
 * Asks the host for what a URL names.
 * @throws BuildFailure at `place`: the placeholder of a host that fetches nothing, or the reason of one that could not.
 */
export function fetchRemote(
  access: RemoteAccess,
  url: string,
  place: Place,
): Exclude<RemoteFound, { kind: "failed" | "pending" }> {
  if (access.options.remote === undefined) {
    throw new BuildFailure({
      code: "kustomization/remote-not-fetched",
      severity: "error",
      place,
      message: `\`${url}\` is remote and was not fetched; the build goes on without it.`,
      help: "Let the host fetch remote bases, or copy the base into the repository.",
      detail: `accumulating resources from '${url}'`,
      data: { url },
    });
  }
  access.portCalls++;
  const found = access.options.remote.fetch(url);
  if (found.kind === "pending") {
    access.portIsPending = true;
    throw new BuildFailure({
      code: "kustomization/pending-file",
      severity: "error",
      place,
      message: `\`${url}\` is still being fetched.`,
    });
  }
  if (found.kind === "failed") {
    throw new BuildFailure({
      code: "kustomization/remote-failed",
      severity: "error",
      place,
      message: `\`${url}\` could not be fetched: ${found.reason}`,
      help: "Check the URL and the network.",
      detail: `accumulating resources from '${url}'`,
      data: { url },
    });
  }
  return found;
}

/** The text that a URL names, where only a file will do. */
export function fetchRemoteFile(access: RemoteAccess, url: string, place: Place): SourceFile {
  const found = fetchRemote(access, url, place);
  if (found.kind === "file") return found.source;
  throw new BuildFailure({
    code: "kustomization/remote-failed",
    severity: "error",
    place,
    message: `\`${url}\` is a repository; a file is needed here.`,
    help: "Name the URL of a file.",
    data: { url },
  });
}
