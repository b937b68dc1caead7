import { readFile } from "node:fs/promises";
import * as tls from "node:tls";

/** Where systems keep the authorities they trust, all in one file: Debian, Fedora and RHEL, SUSE, Alpine and macOS with OpenSSL. */
const systemFiles: readonly string[] = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The authorities that connections trust, as Docker and Podman choose them: those of the system, else those that Node brings; and those in the files
 * that `NODE_EXTRA_CA_CERTS` and `SSL_CERT_FILE` name. Node by itself knows nothing of the system's. A file that cannot be read counts as empty.
 *
 * @param file - one more of these files
 * @returns `undefined` when Node's own are all there are
 */
export async function readAuthorities(
  variables: ReadonlyMap<string, string>,
  file = "",
): Promise<readonly string[] | undefined> {
  const named = [file, ...["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"].map((name) => variables.get(name) ?? "")];
  const [system, added] = await Promise.all([firstOf(systemFiles), Promise.all(named.map(readCertificates))]);
  const ofSystem = [...system, ...ofOperatingSystem()];
  if (ofSystem.length === 0 && added.flat().length === 0) return undefined;
  return [...new Set([...(ofSystem.length === 0 ? tls.rootCertificates : ofSystem), ...added.flat()])];
}

async function firstOf(files: readonly string[]): Promise<readonly string[]> {
  for (const file of files) {
    const found = await readCertificates(file);
    if (found.length > 0) return found;
  }
  return [];
}

/** Windows and macOS keep theirs in stores, which Node can read from 22.15 on. */
function ofOperatingSystem(): readonly string[] {
  const read: unknown = Reflect.get(tls, "getCACertificates");
  if (typeof read !== "function" || process.platform === "linux") return [];
  try {
    const found: unknown = Reflect.apply(read, tls, ["system"]);
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

async function readCertificates(file: string): Promise<readonly string[]> {
  const text = file === "" ? "" : await readFile(file, "utf8").catch(() => "");
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
