import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key, as files and as PEM. */
export interface Signed {
  readonly certificate: string;
  readonly certificateText: string;
  readonly key: string;
  readonly keyText: string;
}

export interface Signing {
  /** For example `/O=system:masters/CN=ada`: for the API server the user `ada` in that group. */
  readonly subject: string;
  /** For servers, for example `DNS:api.example.com,IP:127.0.0.1`. */
  readonly names?: string;
  /** How long it counts; less than nothing for one that ran out. */
  readonly days?: number;
}

/** A private authority. */
export interface Authority extends Signed {
  sign(signing: Signing): Signed;
  remove(): void;
}

/** Makes an authority with openssl. */
export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-authority-"));
  const file = (name: string): string => join(folder, name);
  const run = (...args: string[]): void => {
    execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
  };
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout"];
  const signed = (name: string): Signed => {
    const [certificate, key] = [file(`${name}.crt`), file(`${name}.key`)];
    return { certificate, key, certificateText: readFileSync(certificate, "utf8"), keyText: readFileSync(key, "utf8") };
  };
  const made = ["-subj", "/CN=Private authority", "-days", "2", "-out", file("ca.crt")];
  run("req", "-x509", ...newKey, file("ca.key"), ...made, "-addext", "basicConstraints=critical,CA:TRUE");
  let count = 0;
  return {
    ...signed("ca"),
    sign({ subject, names, days = 2 }) {
      const name = `signed-${count++}`;
      run("req", ...newKey, file(`${name}.key`), "-subj", subject, "-out", file("request"));
      writeFileSync(file("extensions"), names === undefined ? "" : `subjectAltName=${names}\n`);
      const by = ["-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-extfile", file("extensions")];
      run("x509", "-req", "-in", file("request"), "-days", String(days), ...by, "-out", file(`${name}.crt`));
      return signed(name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
