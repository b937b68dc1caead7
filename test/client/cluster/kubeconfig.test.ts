import { expect, test } from "vitest";
import { type ClusterContext, type KubeconfigFile, mergeKubeconfigs } from "../../../client/src/cluster/kubeconfig";

/** The one context of a kubeconfig that says this of its cluster and its user. */
function contextOf(cluster: string, user = "{}", path = "/home/ada/.kube/config"): ClusterContext {
  const { contexts, problems } = mergeKubeconfigs([{ path, text: kubeconfig("dev", cluster, user) }]);
  const [context] = contexts;
  if (context === undefined) throw new Error(problems.join());
  return context;
}

function kubeconfig(context: string, cluster = "{ server: 'https://example.com' }", user = "{}"): string {
  return [
    `clusters: [{ name: c, cluster: ${cluster} }]`,
    `users: [{ name: u, user: ${user} }]`,
    `contexts: [{ name: ${context}, context: { cluster: c, user: u } }]`,
  ].join("\n");
}

test.each([
  ["/home/ada/.kube/config", "tls/ca.crt", "/home/ada/.kube/tls/ca.crt"],
  ["/home/ada/.kube/config", "/etc/ca.crt", "/etc/ca.crt"],
  ["/config", "ca.crt", "//ca.crt"],
  ["config", "ca.crt", "./ca.crt"],
  ["C:\\Users\\ada\\.kube\\config", "tls\\ca.crt", "C:\\Users\\ada\\.kube/tls\\ca.crt"],
  ["C:\\Users\\ada\\.kube\\config", "D:\\ca.crt", "D:\\ca.crt"],
  ["\\\\share\\kube\\config", "ca.crt", "\\\\share\\kube/ca.crt"],
])("in %s the file %s is %s", (path, named, expected) => {
  const user = `{ client-certificate: '${named}', client-key: '${named}', exec: { command: './${named}' } }`;
  const context = contextOf(`{ server: 'https://example.com', certificate-authority: '${named}' }`, user, path);
  const config = context.makeConfig();
  expect(config.getCurrentCluster()?.caFile).toBe(expected);
  expect(config.getCurrentUser()).toMatchObject({ certFile: expected, keyFile: expected });
});

test.each([
  ["{ server: 'https://example.com/k8s/clusters/c-1/' }", "https://example.com/k8s/clusters/c-1"],
  ["{ server: 'HTTPS://example.com' }", "https://example.com"],
  ["{ server: 'example.com:6443', certificate-authority: ca.crt }", "http://example.com:6443"],
  ["{ server: 'example.com:6443', insecure-skip-tls-verify: true }", "http://example.com:6443"],
  ["{ server: 'example.com', tls-server-name: api }", "http://example.com"],
  ["{ server: 'localhost:8001' }", "http://localhost:8001"],
])("the server of %s is %s", (cluster, expected) => expect(contextOf(cluster).server).toBe(expected));

test("a server without TLS, such as kubectl proxy, is told no secrets, and no program runs; but for whom one acts", () => {
  const user = "{ token: t, exec: { command: login }, as: eve, as-groups: [readers] }";
  const context = contextOf("{ server: 'http://localhost:8001' }", user);
  expect(context.program).toBeUndefined();
  expect(context.makeConfig().getCurrentUser()).toEqual({ name: "u", impersonateUser: "eve" });
  expect(context.impersonation).toEqual({ "Impersonate-Group": ["readers"] });
});

test("of the token that OpenID Connect gave is made use, and nobody renews or runs what an auth-provider names", () => {
  const oidc =
    "auth-provider: { name: oidc, config: { id-token: id, refresh-token: r, idp-issuer-url: 'https://example.com' } }";
  const context = contextOf("{ server: 'https://example.com' }", `{ token: t, ${oidc} }`);
  expect(context.provider).toBe("oidc");
  expect(context.makeConfig().getCurrentUser()).toMatchObject({ token: "id" });
  const gcp = "auth-provider: { name: gcp, config: { cmd-path: /bin/false, exec: { command: /bin/false } } }";
  for (const user of [oidc, gcp]) {
    const of = contextOf("{ server: 'https://example.com' }", `{ ${user} }`);
    expect(of.program).toBeUndefined();
    expect(of.makeConfig().getCurrentUser()?.authProvider).toBeUndefined();
  }
  const withProgram = contextOf("{ server: 'https://example.com' }", `{ ${oidc}, exec: { command: login } }`);
  expect(withProgram.provider).toBeUndefined();
  expect(contextOf("{ server: 'http://localhost:8001' }", `{ ${gcp} }`).provider).toBeUndefined();
});

test("contexts keep the odd names that they have", () => {
  const names = [
    "__proto__",
    "123",
    "arn:aws:eks:eu-central-1:1:cluster/x",
    "ada@team/dev:6443",
    "' '",
    "0x10",
    "true",
  ];
  const files = names.map((name): KubeconfigFile => ({ path: `/${name}`, text: kubeconfig(name) }));
  const { contexts, problems } = mergeKubeconfigs(files);
  expect(problems).toEqual([]);
  expect(contexts.map(({ name }) => name)).toEqual([
    ...["__proto__", "123", "arn:aws:eks:eu-central-1:1:cluster/x", "ada@team/dev:6443", " ", "16", "true"],
  ]);
  for (const { name, makeConfig } of contexts) expect(makeConfig().getCurrentContext()).toBe(name);
});

test("a context without its cluster or its user is no context, and the rest is kept", () => {
  const text = `${kubeconfig("dev")}
- { name: gone, context: { cluster: c, user: nobody } }
`.replace(/contexts: \[(.*)\]\n/, "contexts:\n- $1\n");
  const { contexts, problems } = mergeKubeconfigs([{ path: "/a", text }]);
  expect(contexts.map(({ name }) => name)).toEqual(["dev"]);
  expect(problems).toEqual(["The context 'gone' names the user 'nobody', which no kubeconfig defines."]);
});

test.each([
  ["contexts: [", "unexpected end of the stream within a flow collection"],
  ["just words", "there is no `contexts` in it."],
  ["- a list", "there is no `contexts` in it."],
  ["contexts: {}\ncontexts: {}", "duplicated mapping key"],
])("a file that says %j is told, and what it said before counts", (text, problem) => {
  const { contexts, problems, unreadable } = mergeKubeconfigs([{ path: "/a", text, former: kubeconfig("dev") }]);
  expect(contexts.map(({ name }) => name)).toEqual(["dev"]);
  expect(problems).toEqual([expect.stringContaining(`'/a' cannot be read as a kubeconfig: ${problem}`)]);
  expect(problems[0]).toMatch(/\. What it said before counts until then\.$/);
  expect(unreadable).toEqual(["/a"]);
});

test.each(["", "\n", "# nothing yet\n", "---\n", "apiVersion: v1\nkind: Config\n"])(
  "a file that says %j has no contexts, and no problem",
  (text) => {
    expect(mergeKubeconfigs([{ path: "/a", text }])).toEqual({
      ...{ contexts: [], current: undefined, problems: [], unreadable: [] },
    });
  },
);
