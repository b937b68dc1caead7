import { CancellationError } from "vscode";
import {
  type BumpAnswer,
  type BumpParameters,
  type BumpPlan,
  type BumpWish,
  type BumpWrittenParameters,
  bumpRequest,
  bumpWrittenRequest,
  type PromoteParameters,
  promoteRequest,
} from "../../../../server/src/protocol/bump";
import type { PlaceInFile } from "../../../../server/src/protocol/origin";
import type { LanguageServer } from "../../languageClient";
import { withProgress } from "../../platform/progress";

/** The plan for some images of an overlay. Throws, for the person, when there is none. */
export function planOf(server: LanguageServer, root: string, wishes: readonly BumpWish[]): Promise<BumpPlan> {
  const parameters: BumpParameters = { root, wishes };
  return request(server, "Trying out what changes…", { method: bumpRequest, parameters });
}

/** The plan for an image that a manifest or patch names. Throws, for the person, when there is none. */
export function writtenPlanOf(server: LanguageServer, { uri, range }: PlaceInFile, wish: BumpWish): Promise<BumpPlan> {
  const parameters: BumpWrittenParameters = { uri, position: range.start, wish };
  return request(server, "Trying out what changes…", { method: bumpWrittenRequest, parameters });
}

/** The plan for an overlay that takes over the images of another one. Throws, for the person, when there is none. */
export function promotionOf(server: LanguageServer, parameters: PromoteParameters): Promise<BumpPlan> {
  return request(server, "Trying out what changes…", { method: promoteRequest, parameters });
}

async function request(
  server: LanguageServer,
  title: string,
  { method, parameters }: { readonly method: string; readonly parameters: unknown },
): Promise<BumpPlan> {
  const answer = await asking<BumpAnswer>(server, title, { method, parameters });
  if (answer.kind === "planned") return answer;
  throw new Error(`${answer.message} ${answer.help}`);
}

/** Asks the server with a way to cancel: behind the request may stand a registry that takes its time. */
export function asking<R>(
  server: LanguageServer,
  title: string,
  { method, parameters }: { readonly method: string; readonly parameters: unknown },
): Promise<R> {
  return withProgress(title, async (signal) => {
    const answer = await server.request<R>(method, parameters, signal);
    if (signal.aborted) throw new CancellationError();
    return answer;
  });
}
