import { createServer, type Server, type Socket } from "node:net";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { type ApiError, ApiError as Failure } from "../../client/src/cluster/apiError";
import { applications } from "../../client/src/cluster/argocd/application";
import { systemClock } from "../../client/src/cluster/clock";
import { type Connection, connect } from "../../client/src/cluster/connection";
import type { ClusterContext } from "../../client/src/cluster/kubeconfig";
import { listWatch, type WatchedObjects } from "../../client/src/cluster/listWatch";
import { connectProxy } from "../support/connectProxy";
import { forgetNames } from "../support/forgetNames";
import { socksProxy } from "../support/socksProxy";
import { temporaryFolder } from "../support/temporaryFolder";
import { createApplication, ensureNamespace } from "./support/applications";
import { type Authority, makeAuthority, type Signed } from "./support/authority";
import { admin } from "./support/cluster";
import { contextOf, contextWith } from "./support/context";
import { startProxy, type Wire } from "./support/proxy";
import { useCluster } from "./support/useCluster";

const authority: Authority = makeAuthority();
afterAll(() => authority.remove());
const serving = authority.sign({ subject: "/CN=Server", names: "DNS:api.example.com" });
const over = authority.sign({ subject: "/CN=Server", names: "DNS:old.example.com", days: -1 });
const cluster = useCluster([], () => [
  `--client-ca-file=${authority.certificate}`,
  // Shown to who asks for this name; others get the one that the server made for itself.
  `--tls-sni-cert-key=${serving.certificate},${serving.key}:api.example.com`,
  `--tls-sni-cert-key=${over.certificate},${over.key}:old.example.com`,
]);
const patience = { timeout: 90_000, interval: 50 };
const token = `token: ${admin.token}`;
const secure = (): string => `certificate-authority-data: ${base64(cluster().certificate)}`;

test("a client certificate counts, as data and as files beside the kubeconfig, and data before files", async () => {
  const ada = authority.sign({ subject: "/O=system:masters/CN=ada" });
  const data = `client-certificate-data: ${base64(ada.certificateText)}, client-key-data: ${base64(ada.keyText)}`;
  await expectAll(contextOfUser(data));
  const files = { "tls/ada.crt": ada.certificateText, "tls/ada.key": ada.keyText, "tls/no.crt": "no certificate" };
  const named = "client-certificate: tls/ada.crt, client-key: tls/ada.key";
  await expectAll(contextOfUser(named, temporaryFolder(files)));
  const both = `client-certificate: tls/no.crt, client-key: tls/no.crt, ${data}`;
  await expectAll(contextOfUser(both, temporaryFolder(files)));
});

test("a client certificate without rights, one of an unknown authority, one that ran out, and one that is none are told apart", async () => {
  const of = (signed: Signed): ClusterContext =>
    contextOfUser(
      `client-certificate-data: ${base64(signed.certificateText)}, client-key-data: ${base64(signed.keyText)}`,
    );
  expect(await failureOf(of(authority.sign({ subject: "/CN=guest" })))).toMatchObject({
    kind: "forbidden",
    message: expect.stringContaining('User "guest" cannot list resource'),
  });
  const stranger = makeAuthority();
  onTestFinished(() => stranger.remove());
  expect(await failureOf(of(stranger.sign({ subject: "/O=system:masters/CN=ada" })))).toMatchObject({
    kind: "signIn",
    message: expect.stringContaining("does not accept the credentials of 'ada' (any more). Sign in again"),
  });
  expect(await failureOf(of(authority.sign({ subject: "/O=system:masters/CN=ada", days: -1 })))).toMatchObject({
    kind: "signIn",
    message: expect.stringMatching(/the client certificate ran out on \d{4}-\d\d-\d\d\. Sign in again/),
  });
  const broken = contextOfUser(`client-certificate-data: ${base64("none")}, client-key-data: ${base64("none")}`);
  expect(await failureOf(broken)).toMatchObject({
    kind: "certificate",
    message: expect.stringMatching(/^A certificate or key that the kubeconfig names for 'test' cannot be used: /),
  });
});

test("a token in a file counts, is read again when it is not accepted any more, and counts before one in the kubeconfig", async () => {
  const folder = temporaryFolder({ "secrets/token": `${admin.token}\n` });
  await expectAll(contextOfUser("tokenFile: secrets/token, token: no-such-token", folder));
});

test("the token that OpenID Connect gave counts, and who renews it is told when it does not any more", async () => {
  const of = (idToken: string): ClusterContext =>
    contextOfUser(`auth-provider: { name: oidc, config: { id-token: ${idToken}, refresh-token: r, client-id: c } }`);
  await expectAll(of(admin.token));
  expect(await failureOf(of("no-such-token"))).toMatchObject({
    kind: "signIn",
    message: expect.stringMatching(
      /the credentials of 'ada' \(any more\)\. kubectl renews the token in '\/\/config' with/,
    ),
  });
});

test("acting as somebody else means their groups too", async () => {
  const groups = 'as: eve, as-groups: ["system:masters", "people"], as-user-extra: { "example.com/reason": [test] }';
  await expectAll(contextOfUser(`${token}, ${groups}`));
  const review = await open(contextOfUser(`${token}, ${groups}`)).get<{ readonly status: unknown }>({
    method: "POST",
    path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
    body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" },
  });
  expect(review.status).toMatchObject({
    userInfo: {
      username: "eve",
      groups: ["system:masters", "people", "system:authenticated"],
      extra: { "example.com/reason": ["test"] },
    },
  });
});

test("through the proxy of proxy-url go all calls and watches, over few connections", async () => {
  const proxy = await connectProxy(new URL(cluster().url).host);
  const server = "https://kubernetes.default.svc:6443";
  const context = contextWith("/", server, `${secure()}, proxy-url: "${proxy.url}"`, token);
  await expectAll(context);
  expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT kubernetes.default.svc:6443"]));
  const before = proxy.asked.length;
  const connection = open(context);
  for (let call = 0; call < 20; call++) await connection.get({ path: "/version" });
  expect(proxy.asked.length - before).toBe(1);
});

test("through a SOCKS proxy go all calls and watches, and the proxy looks the name up", async () => {
  const proxy = await socksProxy(new URL(cluster().url).host);
  const server = "https://kubernetes.default.svc:6443";
  await expectAll(contextWith("/", server, `${secure()}, proxy-url: "${proxy.url}"`, token));
  expect(new Set(proxy.asked)).toEqual(new Set(["kubernetes.default.svc:6443"]));
  const wrong = contextWith("/", server, `${secure()}, proxy-url: "${proxy.url.replace("let", "led")}"`, token);
  expect(await failureOf(wrong)).toMatchObject({
    kind: "unreachable",
    message: expect.stringContaining(
      "does not accept the name and password of its address. The proxy-url of the context",
    ),
  });
});

test("a proxy that speaks TLS is believed with the authorities of the cluster, and not asked when it is not", async () => {
  const { certificateText: cert, keyText: key } = authority.sign({ subject: "/CN=Proxy", names: "IP:127.0.0.1" });
  const proxy = await connectProxy(new URL(cluster().url).host, { cert, key });
  const through = (trust: string): ClusterContext =>
    contextWith("/", "https://kubernetes.default.svc:6443", `${trust}, proxy-url: "${proxy.url}"`, token);
  expect((await failureOf(through(secure()))).message).toMatch(
    new RegExp(
      `its proxy ${new URL(proxy.url).host} shows a certificate that is not trusted \\(.*\\). The proxy-url of`,
    ),
  );
  expect(proxy.asked).toEqual([]);
  const both = base64(`${cluster().certificate}\n${authority.certificateText}`);
  await expectAll(through(`certificate-authority-data: ${both}`));
  expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT kubernetes.default.svc:6443"]));
  await expectAll(through("insecure-skip-tls-verify: true"));
});

test("without proxy-url the variables count that kubectl heeds", async () => {
  const proxy = await connectProxy(new URL(cluster().url).host);
  const context = contextWith("/", "https://kubernetes.default.svc:6443", secure(), token);
  vi.stubEnv("HTTPS_PROXY", proxy.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  await open(context).get({ path: "/version" });
  expect(proxy.asked).toEqual(["CONNECT kubernetes.default.svc:6443"]);
  vi.stubEnv("HTTPS_PROXY", proxy.urlWithoutUser);
  expect((await failureOf(context)).message).toMatch(
    /add your name and password to its address\. The variable HTTPS_PROXY names it\.$/,
  );
  vi.stubEnv("NO_PROXY", ".svc");
  forgetNames();
  expect(await failureOf(context)).toMatchObject({
    kind: "unreachable",
    message: expect.not.stringContaining("proxy"),
  });
});

test("a proxy that wants a password, lets nobody through, says nothing, is none, or is not there is named, and what it is", async () => {
  const through = (proxy: string): Promise<ApiError> =>
    failureOf(contextWith("/", "https://kubernetes:6443", `${secure()}, proxy-url: "${proxy}"`, token));
  const { urlWithoutUser } = await connectProxy(new URL(cluster().url).host);
  const step = "The proxy-url of the context 'test' in '//config' names it.";
  const start = (proxy: string): string => `kubernetes:6443 cannot be reached: its proxy ${new URL(proxy).host}`;
  expect(await through(urlWithoutUser)).toMatchObject({
    kind: "unreachable",
    message: `${start(urlWithoutUser)} wants to know who you are: add your name and password to its address. ${step}`,
  });
  const closed = await answering("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
  expect((await through(closed)).message).toBe(
    `${start(closed)} lets nobody through, it answered 403 Forbidden. ${step}`,
  );
  const other = await answering("SSH-2.0-OpenSSH_9.6\r\n");
  expect((await through(other)).message).toContain(`${start(other)} cannot be used: Parse Error`);
  const plain = (await answering("HTTP/1.1 400 Bad Request\r\n\r\n")).replace("http:", "https:");
  expect((await through(plain)).message).toBe(
    `${start(plain)} does not speak TLS, although its address begins with https://. ${step}`,
  );
  const gone = await answering("", (server) => server.close());
  expect((await through(gone)).message).toBe(`${start(gone)} is not there: nothing listens at its address. ${step}`);
  const silent = await answering(undefined);
  const context = contextWith("/", "https://kubernetes:6443", `${secure()}, proxy-url: "${silent}"`, token);
  expect(await failureOf(context, { timeout: 500 })).toMatchObject({ kind: "timeout" });
  const wrong = await through("ftp://user:secret@proxy.example.com");
  expect(wrong.message).toBe(
    "The proxy that proxy-url names for 'test' in '//config' has no address like http://proxy.example.com:3128; https and socks5 are known too.",
  );
});

test("with tls-server-name the server shows, and is believed, another name than its host", async () => {
  const trusted = `certificate-authority-data: ${base64(authority.certificateText)}`;
  await expectAll(contextWith("/", cluster().url, `${trusted}, tls-server-name: api.example.com`, token));
  const old = contextWith("/", cluster().url, `${trusted}, tls-server-name: old.example.com`, token);
  expect(await failureOf(old)).toMatchObject({
    kind: "certificate",
    message: expect.stringMatching(
      /is not trusted: certificate has expired\. Ask whoever runs the cluster to renew it/,
    ),
  });
  const wrong = contextWith("/", cluster().url, `${secure()}, tls-server-name: other.example.com`, token);
  expect(await failureOf(wrong)).toMatchObject({
    kind: "certificate",
    message: expect.stringMatching(/is not trusted: .* write a name of its certificate as tls-server-name of the/s),
  });
});

test("an authority in a file beside the kubeconfig is believed; another or none is not, and the next step is told", async () => {
  const folder = temporaryFolder({ "ca.crt": cluster().certificate, "empty.crt": "" });
  await expectAll(contextWith(folder, cluster().url, "certificate-authority: ca.crt", token));
  await expectAll(contextWith(folder, cluster().url, `certificate-authority: empty.crt, ${secure()}`, token));
  const other = `certificate-authority-data: ${base64(authority.certificateText)}`;
  for (const says of [other, "certificate-authority-data: ''"]) {
    expect(await failureOf(contextWith(folder, cluster().url, says, token))).toMatchObject({
      kind: "certificate",
      message: expect.stringMatching(
        /is not trusted: .*\. If it is the right server, write the authority that signed it as certificate-authority/,
      ),
    });
  }
  expect((await failureOf(contextWith(folder, cluster().url, "certificate-authority: no.crt", token))).message).toMatch(
    /^The kubeconfig cannot be used for 'test': ENOENT: .*no\.crt/,
  );
});

test("a server without a scheme is spoken to without TLS and without a token, as by kubectl, and what to write is told", async () => {
  const { host } = new URL(cluster().url);
  expect((await failureOf(contextWith("/", host, secure(), token))).message).toBe(
    `${host} only speaks TLS. Write https://${host} as the server of the cluster into '//config'.`,
  );
});

test("an address where somebody speaks no TLS is told as that", async () => {
  const url = (await answering("HTTP/1.1 400 Bad Request\r\n\r\n")).replace("http:", "https:");
  expect((await failureOf(contextWith("/", url, secure(), token))).message).toBe(
    `${new URL(url).host} cannot be reached: what answers there does not speak TLS.`,
  );
});

test("with insecure-skip-tls-verify any certificate is taken", async () => {
  await expectAll(contextWith("/", cluster().url, "insecure-skip-tls-verify: true", token));
});

test("calls one after the other share a TLS connection, and none is left when the context is closed", async () => {
  const wire = await proxied();
  const connection = open(contextOf(cluster(), admin, wire.url));
  for (let call = 0; call < 20; call++) await connection.get({ path: "/version" });
  expect(wire.total).toBe(1);
  expect(wire.open).toBe(1);
  connection.close();
  await vi.waitFor(() => expect(wire.open).toBe(0), patience);
});

test("a connection that nobody uses is given up after some seconds", async () => {
  const wire = await proxied();
  await open(contextOf(cluster(), admin, wire.url)).get({ path: "/version" });
  expect(wire.open).toBe(1);
  await vi.waitFor(() => expect(wire.open).toBe(0), { timeout: 90_000, interval: 100 });
});

test("what only reads is asked once more when its kept connection turns out to be dead; what writes is not", async () => {
  await ensureNamespace(cluster(), "kept");
  const wire = await proxied();
  const connection = open(contextOf(cluster(), admin, wire.url));
  await connection.get({ path: "/version" });
  wire.set("cut");
  await connection.get({ path: "/version" });
  expect(wire.total).toBe(2);
  wire.set("cut");
  const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "once" } };
  const path = "/api/v1/namespaces/kept/configmaps";
  await expect(connection.get({ method: "POST", path, body })).rejects.toMatchObject({ kind: "unreachable" });
  const writes = cluster().writes("admin");
  expect(writes.filter((write) => write.path === path)).toEqual([]);
  await connection.get({ method: "POST", path, body });
});

/** A call and a watch both get what they ask for. */
async function expectAll(context: ClusterContext): Promise<void> {
  await ensureNamespace(cluster(), "wires");
  const connection = open(context);
  await connection.get({ path: "/apis/argoproj.io/v1alpha1/namespaces/wires/applications" });
  const cancel = new AbortController();
  onTestFinished(() => cancel.abort());
  let seen: WatchedObjects = { objects: new Map(), state: "listing" };
  void listWatch({
    ...{ connection, type: applications, namespace: "wires", clock: systemClock, signal: cancel.signal },
    changed: (next) => {
      seen = next;
    },
  });
  await vi.waitFor(() => expect(seen.state).toBe("live"), patience);
  const name = `app-${seen.objects.size}`;
  await createApplication(cluster(), "wires", name);
  await vi.waitFor(() => expect([...seen.objects.keys()]).toContain(`wires/${name}`), patience);
  cancel.abort();
}

async function failureOf(context: ClusterContext, more: { readonly timeout?: number } = {}): Promise<ApiError> {
  const error = await open(context)
    .get({ path: "/apis/argoproj.io/v1alpha1/applications", ...more })
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (!(error instanceof Failure)) throw new Error(`No failure, but ${String(error)}.`);
  return error;
}

function contextOfUser(user: string, folder = "/"): ClusterContext {
  return contextWith(folder, cluster().url, secure(), user);
}

function open(context: ClusterContext): Connection {
  const connection = connect(context);
  onTestFinished(() => connection.close());
  return connection;
}

async function proxied(): Promise<Wire> {
  const wire = await startProxy(cluster().url);
  onTestFinished(() => wire.close());
  return wire;
}

/** The address of somebody who answers this to whatever is said, or nothing at all. */
function answering(text: string | undefined, ready: (server: Server) => void = () => {}): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}).on("data", () => void (text !== undefined && socket.end(text))));
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new Promise((finish) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      finish(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
      ready(server);
    });
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
