import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readAuthorities } from "../../../server/src/platform/node/authorities";
import { type Certificates, makeCertificates } from "../../support/certificates";
import { connectProxy } from "../../support/connectProxy";
import { type DockerRegistry, startDockerRegistry } from "../../support/dockerRegistry";
import { faultyRegistry } from "../../support/faultyRegistry";
import { forgetNames } from "../../support/forgetNames";
import { pushImage } from "../../support/pushImage";
import { type Client, type ClientOptions, failureOf, openClient } from "../../support/registryClient";
import { socksProxy } from "../../support/socksProxy";
import { temporaryFolder } from "../../support/temporaryFolder";

const name = "registry.example.com";
let plain: DockerRegistry;
let secure: DockerRegistry;
let certificates: Certificates;
let digest: string;

beforeAll(async () => {
  certificates = makeCertificates([`DNS:${name}`, "IP:127.0.0.1"]);
  plain = await startDockerRegistry();
  secure = await startDockerRegistry({ storage: plain.storage, tls: certificates });
  const platforms = [{ os: "linux", architecture: "amd64" }] as const;
  ({ digest } = await pushImage(`${plain.host}/team/app`, { tag: "1", format: "oci", platforms }));
});
afterAll(async () => {
  await Promise.all([plain.stop(), secure.stop()]);
  certificates.remove();
});

/** A client that reaches a registry under a name that is not this machine's, through a proxy. */
async function openNamed(
  registry: DockerRegistry,
  options: ClientOptions = {},
): Promise<{ client: Client; asked: readonly string[] }> {
  const proxy = await connectProxy(registry.host);
  const variables = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ...options.variables };
  return { client: openClient({ ...options, variables }), asked: proxy.asked };
}

describe("the certificate of a registry", () => {
  test("must be one that we can verify", async () => {
    const { client } = await openNamed(secure);
    const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("cannot be verified");
    expect(error.message).toContain(`~/.docker/certs.d/${name}/ca.crt`);
  });

  test.each([".docker", ".config/docker", ".config/containers"])(
    "counts when its authority is in ~/%s/certs.d",
    async (folder) => {
      const { client, asked } = await openNamed(secure, {
        home: { [`${folder}/certs.d/${name}/ca.crt`]: certificates.authorityText },
      });
      expect((await client.details(`${name}/team/app`, "1")).digest).toBe(digest);
      expect(new Set(asked)).toEqual(new Set([`CONNECT ${name}:443`]));
    },
  );

  test.each(["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"])(
    "counts when its authority is in the file that %s names",
    async (variable) => {
      const authorities = await readAuthorities(new Map([[variable, certificates.authority]]));
      const { client } = await openNamed(secure, { authorities: authorities ?? [] });
      expect((await client.resolve(`${name}/team/app`, "1")).digest).toBe(digest);
    },
  );

  test("counts when its authority is in a file that is given", async () => {
    const authorities = (await readAuthorities(new Map(), certificates.authority)) ?? [];
    const { client } = await openNamed(secure, { authorities });
    expect((await client.resolve(`${name}/team/app`, "1")).digest).toBe(digest);
    expect(authorities.length).toBeGreaterThan(50);
  });

  test("must be one of the name that we ask", async () => {
    const authorities = [certificates.authorityText];
    const { client } = await openNamed(secure, { authorities });
    expect((await failureOf(client.resolve("other.example.com/team/app", "1"))).message).toContain(
      "cannot be verified",
    );
  });

  test("need not be verified where the setting names the host", async () => {
    const { client } = await openNamed(secure, { insecureHosts: [name] });
    expect((await client.resolve(`${name}/team/app`, "1")).digest).toBe(digest);
  });

  test("need not be verified where the setting names host and port, be it the usual one", async () => {
    const { client } = await openNamed(secure, { insecureHosts: [`${name}:443`] });
    expect((await client.resolve(`${name}:443/team/app`, "1")).digest).toBe(digest);
  });

  test("counts when its authority is in a folder that names the usual port", async () => {
    const home = { [`.docker/certs.d/${name}:443/ca.crt`]: certificates.authorityText };
    const { client } = await openNamed(secure, { home });
    expect((await client.resolve(`${name}:443/team/app`, "1")).digest).toBe(digest);
  });

  test("need not be verified on this machine", async () => {
    expect((await openClient().resolve(`${secure.host}/team/app`, "1")).digest).toBe(digest);
  });

  test("counts when its authority is put there after it could not be verified", async () => {
    const { client } = await openNamed(secure);
    await failureOf(client.resolve(`${name}/team/app`, "1"));
    client.write(`.docker/certs.d/${name}/ca.crt`, certificates.authorityText);
    expect((await client.resolve(`${name}/team/app`, "1")).digest).toBe(digest);
  });

  test("that cannot be read is told", async () => {
    const { client } = await openNamed(secure, {
      home: { [`.docker/certs.d/${name}/a.cert`]: "x", [`.docker/certs.d/${name}/a.key`]: "y" },
    });
    expect((await failureOf(client.resolve(`${name}/team/app`, "1"))).kind).toBe("unreachable");
  });
});

test("A registry that wants our certificate gets it", async () => {
  const read = (file: string): string => readFileSync(file, "utf8");
  const [cert, key] = [read(certificates.certificate), read(certificates.key)];
  const server = createServer(
    { cert, key, ca: certificates.authorityText, requestCert: true, rejectUnauthorized: true },
    (_, response) => response.end('{"tags":["from a person with a certificate"]}'),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const home = { [`.docker/certs.d/${host}/client.cert`]: cert, [`.docker/certs.d/${host}/client.key`]: key };
  expect((await openClient({ home }).tags(`${host}/a`)).tags).toEqual(["from a person with a certificate"]);
});

test("A proxy that speaks TLS must show a certificate that we can verify", async () => {
  const read = (file: string): string => readFileSync(file, "utf8");
  const { certificate, key, authorityText } = certificates;
  const proxy = await connectProxy(secure.host, { cert: read(certificate), key: read(key) });
  const variables = { HTTPS_PROXY: proxy.url };
  const wary = openClient({ variables, insecureHosts: [name] });
  expect((await failureOf(wary.resolve(`${name}/team/app`, "1"))).message).toContain("cannot be verified");
  expect(proxy.asked).toEqual([]);
  const client = openClient({ variables, authorities: [authorityText] });
  expect((await client.resolve(`${name}/team/app`, "1")).digest).toBe(digest);
  expect(proxy.asked).toEqual([`CONNECT ${name}:443`]);
});

describe("a SOCKS proxy", () => {
  test.each(["secure", "plain"])("leads to a %s registry, whose name it looks up", async (which) => {
    const proxy = await socksProxy((which === "secure" ? secure : plain).host);
    const options = which === "secure" ? { authorities: [certificates.authorityText] } : { insecureHosts: [name] };
    const client = openClient({ ...options, variables: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url } });
    expect((await client.details(`${name}/team/app`, "1")).digest).toBe(digest);
    expect(proxy.asked).toContain(`${name}:${which === "secure" ? 443 : 80}`);
  });

  test.each(["led me in", "l".repeat(256)])(
    "that does not accept the password %s is told of, without the password",
    async (wrong) => {
      const { url } = await socksProxy(secure.host);
      const client = openClient({
        variables: { HTTPS_PROXY: url.replace("let%20me%20out", encodeURIComponent(wrong)) },
      });
      const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
      expect(error.message).toMatch(/Socks5 Authentication failed|no password of more than 255 bytes/);
      expect(error.message).toContain("Check the proxy (VS Code's setting http.proxy, or HTTPS_PROXY)");
      expect(error.message).not.toContain(wrong);
    },
  );
});

describe("plain HTTP", () => {
  test("is not spoken with a registry that the setting does not name", async () => {
    const { client, asked } = await openNamed(plain);
    const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("gitopsAuthor.registry.insecureHosts");
    expect(asked.filter((each) => !each.startsWith("CONNECT"))).toEqual([]);
  });

  test.each([[name], [`${name}:5000`]])("is spoken where it names %s", async (insecure) => {
    const { client, asked } = await openNamed(plain, { insecureHosts: [insecure] });
    expect((await client.details(`${insecure}/team/app`, "1")).digest).toBe(digest);
    expect(asked).toContain(`HEAD http://${insecure}/v2/team/app/manifests/1`);
  });

  test("carries no login to a service that the registry names elsewhere", async () => {
    const elsewhere = await faultyRegistry(plain.host, () => ({
      kind: "answer",
      status: 401,
      headers: { "WWW-Authenticate": 'Bearer realm="https://tokens.example.com/token"' },
    }));
    const home = { ".docker/config.json": JSON.stringify({ auths: { [name]: { auth: "YTpi" } } }) };
    const { client, asked } = await openNamed({ ...plain, host: elsewhere.host }, { insecureHosts: [name], home });
    const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
    expect(error.kind).toBe("refused");
    expect(asked.join("\n")).not.toContain("tokens.example.com");
  });
});

test("A registry elsewhere that names this machine for logins gets nothing asked here", async () => {
  let asked = 0;
  const local = await faultyRegistry(plain.host, () => {
    asked++;
    return { kind: "answer", status: 200, body: '{"token":"t"}' };
  });
  const elsewhere = await faultyRegistry(plain.host, () => ({
    kind: "answer",
    status: 401,
    headers: { "WWW-Authenticate": `Bearer realm="http://${local.host}/token"` },
  }));
  const { client } = await openNamed({ ...plain, host: elsewhere.host }, { insecureHosts: [name] });
  const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
  expect(error).toMatchObject({ kind: "broken", message: expect.stringContaining("this machine") });
  expect(asked).toBe(0);
});

describe("a proxy", () => {
  test("that wants a login is told", async () => {
    const { urlWithoutUser } = await connectProxy(secure.host);
    const client = openClient({ variables: { HTTPS_PROXY: urlWithoutUser } });
    const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("407");
    expect(error.message).toContain("HTTPS_PROXY");
  });

  test("that wants a login is told for plain HTTP, too", async () => {
    // It is for plain HTTP only: whether the registry speaks TLS is found out without it.
    forgetNames();
    const { urlWithoutUser } = await connectProxy(plain.host);
    const client = openClient({
      insecureHosts: [name],
      variables: { HTTP_PROXY: urlWithoutUser },
      home: { ".docker/config.json": JSON.stringify({ auths: { [name]: { auth: "YTpi" } } }) },
    });
    const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
    expect(error).toMatchObject({ kind: "unreachable", message: expect.stringContaining("status 407") });
  });

  test("that says nothing is given up in time", async () => {
    const sockets: Socket[] = [];
    const deaf = createTcpServer((socket) => void sockets.push(socket.on("error", () => {})));
    await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      deaf.close();
    });
    const variables = { HTTPS_PROXY: `http://127.0.0.1:${(deaf.address() as AddressInfo).port}` };
    const error = await failureOf(openClient({ timeout: 200, variables }).tags(`${name}/team/app`));
    expect(error.message).toContain("0.2 s");
  });

  test("that is none is told, and not passed by; its password is not", async () => {
    const { client, asked } = await openNamed(secure, { variables: { HTTPS_PROXY: "socks4://anna:secret@a:1" } });
    const error = await failureOf(client.tags(`${name}/team/app`));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("must begin with http");
    expect(error.message).not.toContain("secret");
    expect(asked).toEqual([]);
  });

  test("is not asked for what NO_PROXY names, nor for this machine", async () => {
    forgetNames();
    const { client, asked } = await openNamed(secure, { variables: { NO_PROXY: ".invalid" } });
    expect((await failureOf(client.resolve("registry.invalid/team/app", "1"))).kind).toBe("unreachable");
    expect((await client.resolve(`${secure.host}/team/app`, "1")).digest).toBe(digest);
    expect(asked).toEqual([]);
  });
});

describe("a redirect", () => {
  test("of a blob to another host does not carry the login", async () => {
    const store = await faultyRegistry(plain.host, () => undefined);
    const front = await faultyRegistry(plain.host, ({ path, headers }) => {
      if (headers.authorization === undefined)
        return { kind: "answer", status: 401, headers: { "WWW-Authenticate": "Basic" } };
      return path.includes("/blobs/")
        ? { kind: "answer", status: 307, headers: { Location: `http://${store.host}${path}?signature=abc` } }
        : undefined;
    });
    const home = { ".docker/config.json": JSON.stringify({ auths: { [front.host]: { auth: "YTpi" } } }) };
    expect((await openClient({ home }).details(`${front.host}/team/app`, "1")).size).toBeGreaterThan(0);
    expect(store.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(front.seen.some(({ headers }) => headers.authorization === "Basic YTpi")).toBe(true);
  });

  test("from elsewhere to this machine is not followed", async () => {
    const own = await faultyRegistry(plain.host, () => undefined);
    const far = await faultyRegistry(plain.host, ({ path }) => ({
      kind: "answer",
      status: 307,
      headers: { Location: `http://${own.host}${path}` },
    }));
    const { client } = await openNamed({ ...plain, host: far.host }, { insecureHosts: [name] });
    const error = await failureOf(client.resolve(`${name}/team/app`, "1"));
    expect(error.message).toContain("sends us to this machine");
    expect(own.seen).toEqual([]);
  });

  test.each([
    ["to plain HTTP elsewhere", "http://store.example.com/blob"],
    ["to itself, for ever", "/v2/team/app/manifests/1"],
  ])("%s is not followed", async (_, location) => {
    const odd = await faultyRegistry(plain.host, () => ({
      kind: "answer",
      status: 307,
      headers: { Location: location },
    }));
    const error = await failureOf(openClient().resolve(`${odd.host}/team/app`, "1"));
    expect(error.kind).toBe("broken");
    expect(odd.seen.length).toBeLessThan(10);
  });
});

test("Authorities are those of the system, and nothing that is no certificate", async () => {
  const folder = temporaryFolder({ "a.pem": "nothing" });
  const own = await readAuthorities(new Map([["SSL_CERT_FILE", join(folder, "a.pem")]]));
  const without = await readAuthorities(new Map([["SSL_CERT_FILE", join(folder, "missing.pem")]]));
  expect(own).toEqual(without);
});
