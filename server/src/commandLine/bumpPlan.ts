import { parseImageReference } from "../kubernetes/imageReference";
import { isKustomizationName } from "../kubernetes/kustomizationFileNames";
import { relativePath } from "../platform/path";
import { isRegistryError, type Registry } from "../registry/registry";
import { planBump } from "../release/bump";
import type { ImagePlan, ImageRefusal, ImageTarget, PlanSource } from "../release/imagePlan";
import { createDiskLoader } from "../workspace/diskLoader";
import type { Place } from "../yaml/source";
import type { BumpRequest } from "./bumpRequest";
import { findRoots } from "./findRoots";
import type { ReleaseHost } from "./host";

/** Why a command did nothing: it was refused (exit 1), or it could not run (exit 2). */
export interface Stop {
  readonly kind: "stop";
  readonly code: 1 | 2;
  /** For programs, for example `digestNeeded` or `unreachable`. */
  readonly reason: string;
  readonly message: string;
  readonly help?: string | undefined;
  /** Where it stands, when it stands somewhere. */
  readonly place?: Place | undefined;
  /** The words of git or a server. */
  readonly detail?: string | undefined;
}

/** Plans, and asks the registry where that is needed and allowed: for the digest of a tag, or whether a digest exists. */
export async function makePlan(request: BumpRequest, host: ReleaseHost): Promise<ImagePlan | Stop> {
  // How strictly files are found is the business of who deploys; here everything is only read.
  const source: PlanSource = {
    files: createDiskLoader(host.syncFileSystem),
    options: { loadRestrictions: "none" },
  };
  const nothing = findNoKustomization(request.root, host);
  if (nothing !== undefined) return nothing;
  const plan = (to: ImageTarget) => planBump(request.root, { image: request.image, to }, source);
  const first = plan(request.to);
  const { tag, digest } = request.to;
  if (first.kind === "refused") {
    if (first.reason !== "digestNeeded" || tag === undefined || first.image === undefined) return toStop(first);
    if (request.offline)
      return toStop({ ...first, help: "Leave out '--offline', or give the digest with '--digest'." });
    const found = await resolve(first.image, tag, request, host);
    if (typeof found !== "string") return found;
    const second = plan({ tag, digest: found });
    return second.kind === "refused" ? toStop(second) : second;
  }
  if (digest === undefined || request.offline) return first;
  for (const image of new Set(first.images.map(({ after }) => parseImageReference(after).name))) {
    const found = await resolve(image, digest, request, host);
    if (typeof found !== "string") return found;
  }
  return first;
}

/** Why a directory cannot be bumped that is none of an overlay, with those below it that are. */
function findNoKustomization(root: string, { syncFileSystem, workingDirectory }: ReleaseHost): Stop | undefined {
  const nameOf = (path: string): string => `'${relativePath(workingDirectory, path) || "."}'`;
  const entries = syncFileSystem.readDirectory(root);
  if (entries.some(({ name, kind }) => isKustomizationName(name) && kind !== "directory")) return undefined;
  const depth = (path: string): number => path.split("/").length;
  // Overlays lie deeper than what they have in common.
  const below = [...findRoots(syncFileSystem, root)].sort((a, b) => depth(b) - depth(a));
  const near = below.slice(0, mostNear).map(nameOf);
  const help = `Name the directory of an overlay${near.length === 0 ? "" : `, such as ${near.join(" or ")}`}.`;
  return { kind: "stop", code: 1, reason: "doesNotBuild", message: `${nameOf(root)} holds no kustomization.`, help };
}

/** How many overlays are named to somebody who named none. */
const mostNear = 3;

async function resolve(
  image: string,
  version: string,
  { insecureHosts }: BumpRequest,
  { connect, signal }: ReleaseHost,
): Promise<string | Stop> {
  try {
    const registry: Registry = await connect(insecureHosts);
    return (await registry.resolve(image, version, { signal, fresh: true })).digest;
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    const isAnswer = error.kind === "notFound" || error.kind === "refused";
    const help = error.kind === "unauthorized" ? loginInPipeline : undefined;
    return { kind: "stop", code: isAnswer ? 1 : 2, reason: error.kind, message: error.message, help };
  }
}

const loginInPipeline =
  "In a pipeline, REGISTRY_AUTH_FILE names a file of logins, such as the '.dockerconfigjson' of a Secret that is mounted.";

function toStop({ reason, message, help, place }: ImageRefusal): Stop {
  return { kind: "stop", code: 1, reason, message, help, place };
}
