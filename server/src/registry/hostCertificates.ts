import type { Environment } from "../platform/environment";
import type { FileSystem } from "../platform/fileSystem";
import type { TlsChoice } from "../platform/http";

/**
 * Reads what the machine keeps for connections with one registry, where Docker and Podman look too (containers-certs.d(5)): `*.crt` are authorities,
 * `NAME.cert` with `NAME.key` is our own certificate. What cannot be read counts as absent; the failed connection says then what is missing.
 *
 * @param host - with its port where it has one, as the folder is called
 */
export async function readHostCertificates(
  files: FileSystem,
  { home }: Environment,
  host: string,
): Promise<Omit<TlsChoice, "verify">> {
  const authorities: string[] = [];
  let client: TlsChoice["client"];
  const config = `${home}/.config`;
  for (const folder of [
    `${home}/.docker`,
    `${config}/docker`,
    `${config}/containers`,
    "/etc/docker",
    "/etc/containers",
  ]) {
    const directory = `${folder}/certs.d/${host}`;
    const entries = await files.readDirectory(directory).catch(() => []);
    const names = entries.map(({ name }) => name).sort();
    for (const name of names.filter((each) => each.endsWith(".crt"))) {
      const text = await readText(files, `${directory}/${name}`);
      if (text !== undefined) authorities.push(text);
    }
    const own = names.find((each) => each.endsWith(".cert") && names.includes(each.replace(/cert$/, "key")));
    if (client !== undefined || own === undefined) continue;
    const certificate = await readText(files, `${directory}/${own}`);
    const key = await readText(files, `${directory}/${own.replace(/cert$/, "key")}`);
    if (certificate !== undefined && key !== undefined) client = { certificate, key };
  }
  return { authorities, ...(client !== undefined && { client }) };
}

async function readText(files: FileSystem, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await files.readFile(path));
  } catch {
    return undefined;
  }
}
