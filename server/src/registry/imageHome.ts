import { RegistryError } from "./registry";

/** Where an image lives. */
export interface ImageHome {
  /** Whom to ask, for example `quay.io` or `localhost:5000`. */
  readonly host: string;
  /** For example `team/app`, of Docker Hub's own images `library/nginx`. */
  readonly repository: string;
  /** How messages call it: as it was written. */
  readonly image: string;
}

/** All that Docker calls its own registry; only the last one answers the distribution protocol. */
const dockerHubNames: readonly string[] = ["docker.io", "index.docker.io", "registry-1.docker.io"];
const dockerHub = "registry-1.docker.io";

/** Grammar of OCI distribution: `<name>`, without the host. */
const repositoryForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const hostForm = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
const tagForm = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * Finds the registry and the repository of an image name as Docker and Kubernetes do: the first part is a host when it has a dot, a port or a capital
 * letter, or is `localhost`; without a host the image is Docker Hub's, without a path there it is one of `library/`.
 *
 * @throws RegistryError `refused` when the text cannot be an image name, so that nothing odd ever gets into an address
 */
export function findHome(image: string): ImageHome {
  const slash = image.indexOf("/");
  const first = slash < 0 ? "" : image.slice(0, slash);
  const hasHost = /[.:A-Z]/.test(first) || first === "localhost";
  const isHub = !hasHost || dockerHubNames.includes(first);
  const path = hasHost ? image.slice(slash + 1) : image;
  const repository = isHub && path !== "" && !path.includes("/") ? `library/${path}` : path;
  const host = isHub ? dockerHub : first;
  if (!isHost(host) || !repositoryForm.test(repository) || repository.length > 255) {
    throw new RegistryError(
      "refused",
      `'${excerpt(image)}' is no name of an image. Write it like quay.io/team/app, in lower case and without tag or digest.`,
    );
  }
  return { host, repository, image };
}

/** Addresses read more than names as numbers of a machine, `0x7f.1` or `1.2.3`: an image that means another host than it names is none. */
function isHost(host: string): boolean {
  if (!hostForm.test(host) || !URL.canParse(`https://${host}`)) return false;
  return host.startsWith("[") || new URL(`https://${host}`).hostname === host.toLowerCase().replace(/:\d+$/, "");
}

/** Whether an image is one of Docker Hub, whose logins are kept under another name than its host. */
export function isDockerHub(host: string): boolean {
  return host === dockerHub;
}

/** A digest holds a colon, which no tag may. */
export function isDigest(tagOrDigest: string): boolean {
  return tagOrDigest.includes(":");
}

/** @throws RegistryError `refused` when the text can be neither a tag nor a digest that we can verify */
export function checkTagOrDigest(tagOrDigest: string): void {
  if ((isDigest(tagOrDigest) ? digestForm : tagForm).test(tagOrDigest)) return;
  throw new RegistryError(
    "refused",
    isDigest(tagOrDigest)
      ? `'${excerpt(tagOrDigest)}' is no digest. Digests are sha256: and 64, or sha512: and 128 hexadecimal digits in lower case.`
      : `'${excerpt(tagOrDigest)}' is no tag. Tags are letters, digits, '_', '.' and '-', at most 128 of them, and begin with none of the last two.`,
  );
}

function excerpt(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
