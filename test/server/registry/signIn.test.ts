import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Certificates, makeCertificates } from "../../support/certificates";
import { type DockerRegistry, person, startDockerRegistry } from "../../support/dockerRegistry";
import { type Fault, faultyRegistry } from "../../support/faultyRegistry";
import { pushImage } from "../../support/pushImage";
import { failureOf, openClient, QuickClock } from "../../support/registryClient";
import { setVariable } from "../../support/setVariable";
import { temporaryFolder } from "../../support/temporaryFolder";
import { refreshToken, startTokenServer, type TokenServer } from "../../support/tokenServer";

let open: DockerRegistry;
let closed: DockerRegistry;
let tokens: TokenServer;
let withTokens: DockerRegistry;
let certificates: Certificates;
let digest: string;

beforeAll(async () => {
  certificates = makeCertificates(["IP:127.0.0.1"]);
  tokens = await startTokenServer(certificates.authority, certificates.authority.replace(/crt$/, "key"));
  open = await startDockerRegistry();
  const { storage } = open;
  closed = await startDockerRegistry({ storage, auth: { kind: "htpasswd" } });
  const auth = { kind: "token", realm: tokens.realm, certificate: certificates.authority } as const;
  withTokens = await startDockerRegistry({ storage, auth });
  for (const path of ["team/app", "public/app"]) {
    const platforms = [{ os: "linux", architecture: "amd64", layer: "a layer" }] as const;
    ({ digest } = await pushImage(`${open.host}/${path}`, { tag: "1", format: "oci", platforms }));
  }
});
afterAll(async () => {
  tokens.stop();
  await Promise.all([open, closed, withTokens].map((each) => each.stop()));
  certificates.remove();
});

const packed = Buffer.from(`${person.user}:${person.password}`).toString("base64");
const wrong = Buffer.from(`${person.user}:top-secret`).toString("base64");
const auths = (key: string, entry: object): string => JSON.stringify({ auths: { [key]: entry } });

describe("a registry that wants user and password", () => {
  const places: readonly (readonly [string, (host: string) => Parameters<typeof openClient>[0]])[] = [
    ["Docker's config.json", (host) => ({ home: { ".docker/config.json": auths(host, { auth: packed }) } })],
    [
      "an address as a key",
      (host) => ({ home: { ".docker/config.json": auths(`http://${host}/v1/`, { auth: packed }) } }),
    ],
    [
      "user and password apart",
      (host) => ({
        home: { ".docker/config.json": auths(host, { username: person.user, password: person.password }) },
      }),
    ],
    ["the old .dockercfg", (host) => ({ home: { ".dockercfg": JSON.stringify({ [host]: { auth: packed } }) } })],
    [
      "Podman's auth.json",
      (host) => ({ home: { ".config/containers/auth.json": auths(`${host}/team`, { auth: packed }) } }),
    ],
    [
      "a file behind one that is broken",
      (host) => ({
        home: { ".config/containers/auth.json": "{", ".docker/config.json": auths(host, { auth: packed }) },
      }),
    ],
    [
      "the longest path",
      (host) => ({
        home: {
          ".config/containers/auth.json": JSON.stringify({
            auths: { [host]: { auth: wrong }, [`${host}/team/app`]: { auth: packed } },
          }),
        },
      }),
    ],
    ["a pull secret", (host) => ({ pullSecrets: [{ form: "config", text: auths(host, { auth: packed }) }] })],
    [
      "an older pull secret",
      (host) => ({
        pullSecrets: [{ form: "dockercfg", text: JSON.stringify({ [host]: { auth: packed } }) }],
      }),
    ],
    [
      "a pull secret before the machine's own",
      (host) => ({
        home: { ".docker/config.json": auths(host, { auth: wrong }) },
        pullSecrets: [{ form: "config", text: auths(host, { auth: packed }) }],
      }),
    ],
  ];
  test.each(places)("takes the login from %s", async (_, options) => {
    expect((await openClient(options(closed.host)).resolve(`${closed.host}/team/app`, "1")).digest).toBe(digest);
  });

  test.each(["DOCKER_CONFIG", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "REGISTRY_AUTH_FILE"])(
    "heeds %s",
    async (variable) => {
      const folder = temporaryFolder({
        "config.json": auths(closed.host, { auth: packed }),
        "containers/auth.json": auths(closed.host, { auth: packed }),
      });
      const value = variable === "REGISTRY_AUTH_FILE" ? join(folder, "config.json") : folder;
      const client = openClient({ variables: { [variable]: value } });
      expect((await client.resolve(`${closed.host}/team/app`, "1")).digest).toBe(digest);
    },
  );

  test.each([
    ["REGISTRY_AUTH_FILE", "config.json", ""],
    ["DOCKER_CONFIG", "", "config.json"],
  ])("heeds %s from the working directory, and says when nothing is there", async (variable, named, missing) => {
    const folder = temporaryFolder({ "config.json": auths(closed.host, { auth: packed }) });
    const value = relative(process.cwd(), join(folder, named));
    const client = openClient({ variables: { [variable]: value } });
    expect((await client.resolve(`${closed.host}/team/app`, "1")).digest).toBe(digest);
    rmSync(join(folder, "config.json"));
    const { message } = await failureOf(
      openClient({ variables: { [variable]: value } }).tags(`${closed.host}/team/app`),
    );
    expect(message).toContain(`${variable} names '${join(folder, named)}', `);
    expect(message).toContain(missing);
  });

  test("says how to log in where nobody has", async () => {
    const error = await failureOf(openClient().resolve(`${closed.host}/team/app`, "1"));
    expect(error.kind).toBe("unauthorized");
    expect(error.message).toContain(`docker login ${closed.host}`);
  });

  test("says that the login is not accepted, without telling it", async () => {
    const client = openClient({ home: { ".docker/config.json": auths(closed.host, { auth: wrong }) } });
    const error = await failureOf(client.resolve(`${closed.host}/team/app`, "1"));
    expect(error.kind).toBe("unauthorized");
    expect(error.message).toContain("did not accept your login");
    expect(error.message).not.toMatch(/top-secret|YW5uYT/);
  });

  test("takes a login that was made while we run", async () => {
    const client = openClient();
    await failureOf(client.resolve(`${closed.host}/team/app`, "1"));
    client.write(".docker/config.json", auths(closed.host, { auth: packed }));
    expect((await client.resolve(`${closed.host}/team/app`, "1")).digest).toBe(digest);
  });

  test("does not get the login before it asks for one, nor does another registry", async () => {
    const free = await faultyRegistry(open.host, () => undefined);
    const home = {
      ".docker/config.json": JSON.stringify({
        auths: { [free.host]: { auth: packed }, [closed.host]: { auth: packed } },
      }),
    };
    await openClient({ home }).details(`${free.host}/team/app`, "1");
    const nosy = await faultyRegistry(open.host, () => ({
      kind: "answer",
      status: 401,
      headers: { "WWW-Authenticate": 'Basic realm="x"' },
    }));
    await failureOf(openClient({ home }).resolve(`${nosy.host}/team/app`, "1"));
    for (const { headers } of [...free.seen, ...nosy.seen]) expect(headers.authorization).toBeUndefined();
  });

  test("may hide secrets in its own words: they are not repeated", async () => {
    const nosy = await faultyRegistry(open.host, ({ headers }) => ({
      kind: "answer",
      status: headers.authorization === undefined ? 401 : 403,
      headers: { "WWW-Authenticate": 'Basic realm="x"' },
      body: JSON.stringify({
        errors: [{ code: "DENIED", message: `no ${person.password} ${packed}\u001b[31m\n${"x".repeat(999)}` }],
      }),
    }));
    const home = { ".docker/config.json": auths(nosy.host, { auth: packed }) };
    const error = await failureOf(openClient({ home }).details(`${nosy.host}/team/app`, digest));
    expect(error.kind).toBe("unauthorized");
    expect(error.message).toContain("DENIED");
    expect(error.message).not.toMatch(new RegExp(`${person.password}|${packed}|\u001b|\n`));
    expect(error.message.length).toBeLessThan(600);
  });
});

describe("a registry that wants tokens", () => {
  const loggedIn = (): Parameters<typeof openClient>[0] => ({
    home: { ".docker/config.json": auths(withTokens.host, { auth: packed }) },
  });

  test("gives them to everybody for what is public", async () => {
    expect((await openClient().details(`${withTokens.host}/public/app`, "1")).digest).toBe(digest);
    expect(tokens.asked.at(-1)).toEqual({ scopes: ["repository:public/app:pull"], user: undefined, grant: "" });
    expect((await failureOf(openClient().resolve(`${withTokens.host}/team/app`, "1"))).kind).toBe("unauthorized");
  });

  test("gives one for all that is asked of a repository", async () => {
    const before = tokens.asked.length;
    const client = openClient(loggedIn());
    await client.details(`${withTokens.host}/team/app`, "1");
    await client.tags(`${withTokens.host}/team/app`);
    expect(tokens.asked.slice(before)).toEqual([
      { scopes: ["repository:team/app:pull"], user: person.user, grant: "" },
    ]);
  });

  test("gives one for both repositories when an image is put into another", async () => {
    const before = tokens.asked.length;
    const client = openClient(loggedIn());
    const to = { image: `${withTokens.host}/team/released`, tag: "1" };
    await client.putTag({ image: `${withTokens.host}/team/app`, digest }, to);
    expect((await client.resolve(to.image, "1")).digest).toBe(digest);
    const scopes = ["repository:team/released:pull,push", "repository:team/app:pull"];
    expect(tokens.asked.slice(before)).toContainEqual({ scopes, user: person.user, grant: "" });
  });

  test("changes an identity token into one", async () => {
    const entry = {
      auth: Buffer.from("00000000-0000-0000-0000-000000000000:").toString("base64"),
      identitytoken: refreshToken,
    };
    const client = openClient({ home: { ".docker/config.json": auths(withTokens.host, entry) } });
    expect((await client.resolve(`${withTokens.host}/team/app`, "1")).digest).toBe(digest);
    expect(tokens.asked.at(-1)).toMatchObject({ grant: "refresh_token", user: person.user });
  });

  test("does not blame a login that was taken for what may not be seen or is not there, as Docker Hub, Quay and Harbor say 401 of it", async () => {
    const words = `Bearer realm="${tokens.realm}",service="registry.test",scope="repository:team/gone:pull"`;
    const hub = await faultyRegistry(withTokens.host, ({ headers }) => ({
      kind: "answer",
      status: 401,
      headers: {
        "WWW-Authenticate": headers.authorization === undefined ? words : `${words},error="insufficient_scope"`,
      },
    }));
    const client = openClient({ home: { ".docker/config.json": auths(hub.host, { auth: packed }) } });
    const { kind, message } = await failureOf(client.resolve(`${hub.host}/team/gone`, "1"));
    expect(kind).toBe("unauthorized");
    expect(message).toContain("does not allow your login to do this with");
    expect(message).toContain("or does not have it");
    const nobody = await failureOf(openClient().resolve(`${hub.host}/team/gone`, "1"));
    expect(nobody.message).toContain("no login was found");
  });

  test("says no to a wrong login", async () => {
    const client = openClient({ home: { ".docker/config.json": auths(withTokens.host, { auth: wrong }) } });
    expect((await failureOf(client.resolve(`${withTokens.host}/team/app`, "1"))).message).toContain("did not accept");
  });

  test("gives a new one when the old has ended, before or after the registry says so", async () => {
    const clock = new QuickClock();
    let isOver = false;
    const watched = await faultyRegistry(withTokens.host, ({ headers }): Fault | undefined => {
      const isFirst = headers.authorization !== undefined && isOver;
      if (isFirst) isOver = false;
      const challenge = `Bearer realm="${tokens.realm}",service="registry.test",scope="x",error="invalid_token"`;
      return isFirst ? { kind: "answer", status: 401, headers: { "WWW-Authenticate": challenge } } : undefined;
    });
    const image = `${watched.host}/team/app`;
    const client = openClient({ clock, home: { ".docker/config.json": auths(watched.host, { auth: packed }) } });
    const before = tokens.asked.length;
    await client.resolve(image, "1", { fresh: true });
    isOver = true;
    expect((await client.resolve(image, "1", { fresh: true })).digest).toBe(digest);
    expect(tokens.asked.length - before).toBe(2);
    clock.pass(300_000);
    await client.resolve(image, "1", { fresh: true });
    expect(tokens.asked.length - before).toBe(3);
  });

  test.each([
    ["plain HTTP elsewhere", "http://tokens.example.com/token", "refused"],
    ["nowhere", "no address", "broken"],
    ["a place with a login of its own", "https://a:b@tokens.example.com/", "broken"],
  ])("gets nothing when it sends us to %s", async (_, realm, kind) => {
    const odd = await faultyRegistry(withTokens.host, () => ({
      kind: "answer",
      status: 401,
      headers: { "WWW-Authenticate": `Bearer realm="${realm}",service="a"` },
    }));
    const client = openClient({ home: { ".docker/config.json": auths(odd.host, { auth: packed }) } });
    expect((await failureOf(client.resolve(`${odd.host}/team/app`, "1"))).kind).toBe(kind);
  });

  test.each(["no json", "{}", '{"token":"a b\\nc"}'])("is broken when the service answers %s", async (body) => {
    const service = await faultyRegistry(withTokens.host, () => ({ kind: "answer", status: 200, body }));
    const odd = await faultyRegistry(withTokens.host, () => ({
      kind: "answer",
      status: 401,
      headers: { "WWW-Authenticate": `Bearer realm="http://${service.host}/token"` },
    }));
    expect((await failureOf(openClient().resolve(`${odd.host}/team/app`, "1"))).kind).toBe("broken");
  });
});

describe("a credential helper", () => {
  /** Puts `docker-credential-NAME` on the PATH; `script` is a shell script. */
  const install = (name: string, script: string): string => {
    const folder = join(temporaryFolder({}), "bin");
    mkdirSync(folder);
    const file = join(folder, `docker-credential-${name}`);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    setVariable("PATH", `${folder}:${process.env["PATH"]}`);
    return folder;
  };
  const home = (config: object): { readonly home: Record<string, string> } => ({
    home: { ".docker/config.json": JSON.stringify(config) },
  });
  const ask = (options: Parameters<typeof openClient>[0]) =>
    openClient(options).resolve(`${closed.host}/team/app`, "1");
  const answer = JSON.stringify({ ServerURL: "x", Username: person.user, Secret: person.password });

  test("for one registry is asked with its host, and once", async () => {
    const folder = install("keys", `cat >> "$(dirname "$0")/asked"; echo >> "$(dirname "$0")/asked"; echo '${answer}'`);
    const client = openClient(home({ credHelpers: { [closed.host]: "keys" }, credsStore: "missing" }));
    await client.details(`${closed.host}/team/app`, "1");
    await client.tags(`${closed.host}/team/app`);
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(join(folder, "asked"), "utf8")).toBe(`${closed.host}\n`);
  });

  test("for all others is asked too; what it does not have may stand in the file", async () => {
    install("keys", `echo '${answer}'`);
    expect((await ask(home({ credsStore: "keys" }))).digest).toBe(digest);
    install("empty", "echo credentials not found in native keychain; exit 1");
    const inFile = { credsStore: "empty", auths: { [closed.host]: { auth: packed } } };
    expect((await ask(home(inFile))).digest).toBe(digest);
    expect((await failureOf(ask(home({ credsStore: "empty" })))).message).toContain("no login was found");
  });

  test("may give a refresh token", async () => {
    install("keys", `echo '${JSON.stringify({ Username: "<token>", Secret: refreshToken })}'`);
    const client = openClient(home({ credsStore: "keys" }));
    expect((await client.resolve(`${withTokens.host}/team/app`, "1")).digest).toBe(digest);
  });

  test.each([
    ["hangs", "sleep 60", "did not answer within 0.2 s"],
    ["prints rubbish", `echo 'rubbish ${person.password}'`, "something that is no JSON"],
    ["prints without end", "yes", "far too much"],
    ["fails", `echo 'oh ${person.password}'; exit 3`, "exit code 3"],
  ])("that %s is told, and nothing of what it printed", async (_, script, words) => {
    install("odd", script);
    const helperTimeout = words.includes("0.2 s") ? 200 : 10_000;
    const error = await failureOf(ask({ ...home({ credsStore: "odd" }), helperTimeout }));
    expect(error.kind).toBe("unauthorized");
    expect(error.message).toContain(words);
    expect(error.message).not.toContain(person.password);
  });

  test("that is missing, has an odd name or may not run is told", async () => {
    expect((await failureOf(ask(home({ credsStore: "not-there" })))).message).toContain(
      "'docker-credential-not-there' is not installed",
    );
    for (const odd of ["../../bin/evil", "a b", "-x", "a;b", "ä"]) {
      const { message } = await failureOf(ask(home({ credHelpers: { [closed.host]: odd } })));
      expect(message).toContain("The name of the credential helper in your registry logins is none");
      expect(message).not.toContain(odd);
    }
    install("keys", `echo '${answer}'`);
    const untrusted = { ...home({ credsStore: "keys" }), mayRunPrograms: false };
    expect((await failureOf(ask(untrusted))).message).toContain("in trusted workspaces only");
  });

  test("that fails does not keep us from what is public", async () => {
    const client = openClient(home({ credsStore: "not-there" }));
    expect((await client.resolve(`${withTokens.host}/public/app`, "1")).digest).toBe(digest);
  });

  test("that is slow can be cancelled", async () => {
    install("slow", "sleep 60");
    const cancel = new AbortController();
    const asked = failureOf(
      openClient(home({ credsStore: "slow" })).resolve(`${closed.host}/team/app`, "1", { signal: cancel.signal }),
    );
    setTimeout(() => cancel.abort(), 100);
    expect((await asked).kind).toBe("cancelled");
  });
});
