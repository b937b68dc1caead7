import { generateKeyPairSync } from "node:crypto";
import { chmodSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { temporaryFolder } from "../../support/temporaryFolder";
import type { Authority } from "./authority";

/** An OpenID Connect issuer on loopback: tokens that it signed are believed by an API server that is started with `args`, until they run out. */
export interface Issuer {
  readonly args: readonly string[];
  /** A folder, gone after the test, with a program `login` that signs in with tokens that last so long. */
  program(seconds: number, options?: { readonly tellsExpiry?: boolean }): string;
  close(): void;
}

const audience = "gitops-author";

/** Starts one that shows a certificate of `authority`. */
export async function startIssuer(authority: Authority): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const own = authority.sign({ subject: "/CN=Issuer", names: "IP:127.0.0.1" });
  const key = { ...publicKey.export({ format: "jwk" }), kid: "test", use: "sig", alg: "RS256" };
  const server = createServer({ cert: own.certificateText, key: own.keyText }, (incoming, response) => {
    const described = { issuer: url, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ["RS256"] };
    const answer = incoming.url === "/keys" ? { keys: [key] } : described;
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((finish) => server.listen(0, "127.0.0.1", finish));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const claims = ["--oidc-username-claim=sub", "--oidc-username-prefix=-", "--oidc-groups-claim=groups"];
  return {
    args: [
      ...[`--oidc-issuer-url=${url}`, `--oidc-client-id=${audience}`, `--oidc-ca-file=${authority.certificate}`],
      ...claims,
    ],
    program(seconds, { tellsExpiry = true } = {}) {
      const script = loginScript(url, seconds, tellsExpiry);
      const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
      const folder = temporaryFolder({ login: script, "key.pem": pem });
      chmodSync(join(folder, "login"), 0o755);
      return folder;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Notes that it ran, keeps the token in a file of that name, and fails while there is a file `broken`. */
function loginScript(issuer: string, seconds: number, tellsExpiry: boolean): string {
  return `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const { sign } = require("node:crypto");
process.chdir(__dirname);
appendFileSync("runs", "run\\n");
if (existsSync("broken")) {
  console.error("Your session is over. Run: example-cli login");
  process.exit(1);
}
const now = Math.floor(Date.now() / 1000);
const exp = now + ${seconds};
const claims = { iss: "${issuer}", aud: "${audience}", sub: "ada", groups: ["system:masters"], iat: now, exp };
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const body = part({ alg: "RS256", kid: "test" }) + "." + part(claims);
const token = body + "." + sign("sha256", Buffer.from(body), readFileSync("key.pem")).toString("base64url");
writeFileSync("token", token);
const expirationTimestamp = new Date(exp * 1000).toISOString();
console.log(JSON.stringify({ status: { token, ${tellsExpiry ? "expirationTimestamp" : ""} } }));
`;
}
