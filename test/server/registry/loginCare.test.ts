import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNodeEnvironment } from "../../../server/src/platform/node/nodeEnvironment";
import { nodeFileSystem } from "../../../server/src/platform/node/nodeFileSystem";
import { findLogin } from "../../../server/src/registry/credentials/findLogin";
import { findHome } from "../../../server/src/registry/imageHome";
import { countingHelper, giving } from "../../support/countingHelper";
import { type DockerRegistry, person, startDockerRegistry } from "../../support/dockerRegistry";
import { answer, type Fault, faultyRegistry, type Seen } from "../../support/faultyRegistry";
import { pushImage } from "../../support/pushImage";
import { failureOf, openClient, QuickClock } from "../../support/registryClient";
import { temporaryFolder } from "../../support/temporaryFolder";

let open: DockerRegistry;
let digest: string;
const tags = ["1", "2", "3", "4", "5", "6"];

beforeAll(async () => {
  open = await startDockerRegistry();
  for (const tag of tags) {
    const platforms = [{ os: "linux", architecture: "amd64" }] as const;
    ({ digest } = await pushImage(`${open.host}/team/app`, { tag, format: "oci", platforms }));
  }
});
afterAll(() => open.stop());

const packed = Buffer.from(`${person.user}:${person.password}`).toString("base64");
const auths = (host: string): string => JSON.stringify({ auths: { [host]: { auth: packed } } });
const loggedIn = (host: string) => ({ home: { ".docker/config.json": auths(host) } });

const challenge = (text: string): Fault => answer(401, { "WWW-Authenticate": text });

/** A service that gives tokens, and a registry that wants them. */
async function withTokens(tokens: (seen: Seen) => Fault = () => answer(200, {}, '{"token":"t"}')) {
  const service = await faultyRegistry(open.host, tokens);
  const registry = await demanding("Bearer t", `Bearer realm="http://${service.host}/token"`);
  return { service, registry, image: `${registry.host}/team/app` };
}

/** A registry that wants something; whoever asks without is told so, all but the first of them only after somebody has brought it. */
function demanding(authorization: string, words: string) {
  let bring = (): void => {};
  const brought = new Promise<void>((resolve) => {
    bring = resolve;
  });
  let isFirst = true;
  return faultyRegistry(open.host, async ({ headers }) => {
    if (headers.authorization === authorization) return void bring();
    if (!isFirst) await brought;
    isFirst = false;
    return challenge(words);
  });
}

describe("questions at the same time", () => {
  test("fetch one token", async () => {
    const { service, image } = await withTokens();
    const client = openClient();
    const found = await Promise.all(tags.map((tag) => client.resolve(image, tag)));
    expect(new Set(found.map((each) => each.digest))).toEqual(new Set([digest]));
    expect(service.seen.length).toBe(1);
  });

  test("start one helper", async () => {
    const helper = countingHelper(giving(person.user, person.password));
    const registry = await demanding(`Basic ${packed}`, 'Basic realm="x"');
    const home = { ".docker/config.json": '{"credsStore":"counting"}' };
    const client = openClient({ home, programs: helper.programs });
    await Promise.all(tags.map((tag) => client.resolve(`${registry.host}/team/app`, tag)));
    expect(helper.runs()).toBe(1);
  });
});

describe("a login", () => {
  test("that somebody makes is taken by a registry, too, that says 403 without one", async () => {
    const registry = await faultyRegistry(open.host, ({ headers }) => {
      if (headers.authorization === "Bearer of-anna") return undefined;
      return headers.authorization === undefined ? challenge(`Bearer realm="http://${service.host}/"`) : answer(403);
    });
    const service = await faultyRegistry(open.host, ({ headers }) =>
      answer(200, {}, JSON.stringify({ token: headers.authorization === undefined ? "anonymous" : "of-anna" })),
    );
    const client = openClient();
    const image = `${registry.host}/team/app`;
    expect((await failureOf(client.resolve(image, "1"))).message).toContain("no login was found");
    client.write(".docker/config.json", auths(registry.host));
    expect((await client.resolve(image, "1")).digest).toBe(digest);
  });

  test("that has ended is asked for anew where the registry says 403 of it, as Amazon's do", async () => {
    const helper = countingHelper(giving("AWS", "1"));
    let valid = 1;
    const registry = await faultyRegistry(open.host, ({ headers }) => {
      if (headers.authorization === undefined) return challenge('Basic realm="x",service="ecr.amazonaws.com"');
      return headers.authorization === `Basic ${btoa(`AWS:${valid}`)}` ? undefined : answer(403);
    });
    const home = { ".docker/config.json": '{"credsStore":"counting"}' };
    const client = openClient({ home, programs: helper.programs });
    const image = `${registry.host}/team/app`;
    expect((await client.resolve(image, "1")).digest).toBe(digest);
    valid = 2;
    helper.does(giving("AWS", "2"));
    expect((await client.resolve(image, "2")).digest).toBeDefined();
    expect(helper.runs()).toBe(2);
  });

  test("is not given to whom a blob is fetched from, whatever that asks for", async () => {
    const thief = await faultyRegistry(open.host, () => answer(200, {}, '{"token":"t"}'));
    const store = await faultyRegistry(open.host, () => challenge(`Bearer realm="http://${thief.host}/token"`));
    const registry = await faultyRegistry(open.host, ({ path, headers }) => {
      if (headers.authorization === undefined) return challenge('Basic realm="x"');
      return path.includes("/blobs/") ? answer(307, { Location: `http://${store.host}${path}` }) : undefined;
    });
    const client = openClient(loggedIn(registry.host));
    expect((await failureOf(client.details(`${registry.host}/team/app`, "1"))).kind).toBe("unauthorized");
    expect(thief.seen).toEqual([]);
    expect(store.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect((await client.resolve(`${registry.host}/team/app`, "2")).digest).toBe(digest);
  });

  test("goes along when the service for tokens sends on to itself, and not elsewhere", async () => {
    const elsewhere = await faultyRegistry(open.host, () => answer(200, {}, '{"token":"t"}'));
    for (const to of ["/token/", `http://${elsewhere.host}/token/`]) {
      const { service, registry, image } = await withTokens(({ path }) =>
        path.startsWith("/token/") ? answer(200, {}, '{"token":"t"}') : answer(307, { Location: to }),
      );
      await openClient(loggedIn(registry.host)).resolve(image, "1");
      expect(service.seen[0]?.headers.authorization).toBe(`Basic ${packed}`);
      const last = to.startsWith("/") ? service.seen[1] : elsewhere.seen[0];
      expect(last?.headers.authorization).toBe(to.startsWith("/") ? `Basic ${packed}` : undefined);
    }
  });
});

describe("silence", () => {
  test("that the service for tokens wants is kept by all questions", async () => {
    const clock = new QuickClock();
    let isBusy = true;
    const { service, registry, image } = await withTokens(() =>
      isBusy ? answer(429, { "Retry-After": "600" }) : answer(200, {}, '{"token":"t"}'),
    );
    const client = openClient({ clock });
    expect(await failureOf(client.resolve(image, "1"))).toMatchObject({ kind: "rateLimited", retryAfter: 600 });
    const before = registry.seen.length + service.seen.length;
    expect((await failureOf(client.tags(image))).kind).toBe("rateLimited");
    expect(registry.seen.length + service.seen.length).toBe(before);
    isBusy = false;
    clock.pass(600_000);
    expect((await client.tags(image)).tags).toContain("1");
  });

  test("for ever ends after an hour", async () => {
    const clock = new QuickClock();
    let isBusy = true;
    const busy = await faultyRegistry(open.host, () =>
      isBusy ? answer(429, { "Retry-After": "999999999" }) : undefined,
    );
    const client = openClient({ clock });
    expect((await failureOf(client.resolve(`${busy.host}/team/app`, "1"))).kind).toBe("rateLimited");
    isBusy = false;
    clock.pass(3_600_000);
    expect((await client.resolve(`${busy.host}/team/app`, "1")).digest).toBe(digest);
  });

  test("is not advised to be ended by a login where there is one", async () => {
    const busy = await faultyRegistry(open.host, ({ headers }) =>
      headers.authorization === undefined ? challenge('Basic realm="x"') : answer(429, { "Retry-After": "60" }),
    );
    const { message } = await failureOf(openClient(loggedIn(busy.host)).resolve(`${busy.host}/team/app`, "1"));
    expect(message).toContain("Try again in 60 s.");
  });
});

test("A service for tokens that explains itself in its own way is repeated, without the secret", async () => {
  const { registry, image } = await withTokens(() =>
    answer(401, {}, JSON.stringify({ details: `incorrect username or password ${person.password}` })),
  );
  const { message } = await failureOf(openClient(loggedIn(registry.host)).resolve(image, "1"));
  expect(message).toContain("incorrect username or password");
  expect(message).not.toContain(person.password);
});

describe("logins are found", () => {
  const helpers = { ask: async () => ({}) };
  const find = async (files: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) => {
    const environment = createNodeEnvironment(variables, temporaryFolder(files));
    const home = findHome("quay.io/team/app");
    return (await findLogin({ files: nodeFileSystem, environment, helpers, pullSecrets: [] }, { home })).login;
  };
  const entry = (user: string): object => ({ username: user, password: "p" });
  const login = (user: string): object => ({ kind: "password", user, password: "p" });

  test("under the plain host before an address", async () => {
    const config = { auths: { "quay.io": entry("right"), "https://quay.io/v1/": entry("old") } };
    expect(await find({ ".docker/config.json": JSON.stringify(config) })).toEqual(login("right"));
  });

  test("in the file where the helper of a registry is empty", async () => {
    const config = { auths: { "quay.io": entry("anna") }, credHelpers: { "quay.io": "" }, credsStore: "desktop" };
    expect(await find({ ".docker/config.json": JSON.stringify(config) })).toEqual(login("anna"));
  });

  test("in a variable before Docker's file", async () => {
    const text = JSON.stringify({ auths: { "quay.io": entry("of-the-job") } });
    const config = JSON.stringify({ auths: { "quay.io": entry("old") } });
    const found = await find({ ".docker/config.json": config }, { DOCKER_AUTH_CONFIG: text });
    expect(found).toEqual(login("of-the-job"));
  });

  test("where Podman keeps them when there is no session", async () => {
    const text = new TextEncoder().encode(JSON.stringify({ auths: { "quay.io": entry("root") } }));
    const path = "/run/containers/4711/auth.json";
    const files = {
      ...nodeFileSystem,
      stat: async (asked: string) => (asked === path ? ({ kind: "file", size: text.length } as const) : undefined),
      readFile: async () => text,
    };
    const environment = { ...createNodeEnvironment({}, "/nowhere"), userId: 4711 };
    const home = findHome("quay.io/team/app");
    expect((await findLogin({ files, environment, helpers, pullSecrets: [] }, { home })).login).toEqual(login("root"));
  });
});
