import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A private authority and a certificate that it signed, as files (PEM). */
export interface Certificates {
  readonly authority: string;
  readonly authorityText: string;
  readonly certificate: string;
  readonly key: string;
  remove(): void;
}

/** Makes both with openssl, for the given names, such as `DNS:registry.example.com` and `IP:127.0.0.1`. */
export function makeCertificates(names: readonly string[]): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-tls-"));
  const file = (name: string): string => join(folder, name);
  const make = (subject: string, name: string, further: readonly string[]): void => {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout", file(`${name}.key`)];
    const own = ["-subj", `/CN=${subject}`, "-days", "2", "-out", file(`${name}.crt`)];
    execFileSync("openssl", ["req", "-x509", ...key, ...own, ...further], { stdio: ["ignore", "ignore", "pipe"] });
  };
  make("Private authority", "authority", ["-addext", "basicConstraints=critical,CA:TRUE"]);
  const signed = ["-CA", file("authority.crt"), "-CAkey", file("authority.key")];
  make("Registry", "registry", [...signed, "-addext", `subjectAltName=${names.join(",")}`]);
  return {
    authority: file("authority.crt"),
    authorityText: readFileSync(file("authority.crt"), "utf8"),
    certificate: file("registry.crt"),
    key: file("registry.key"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
