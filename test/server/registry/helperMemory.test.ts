import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countingHelper, giving } from "../../support/countingHelper";
import { type DockerRegistry, person, startDockerRegistry } from "../../support/dockerRegistry";
import { faultyRegistry } from "../../support/faultyRegistry";
import { pushImage } from "../../support/pushImage";
import { failureOf, openClient, QuickClock } from "../../support/registryClient";

/* A credential helper may ask for a touch, open a window or hang: it is not started for each image. */

const images = ["team/a", "team/b", "team/c", "team/d", "team/e"];
const minute = 60_000;
const home = { ".docker/config.json": '{"credsStore":"counting"}' };
const right = giving(person.user, person.password);

let open: DockerRegistry;
let closed: DockerRegistry;

beforeAll(async () => {
  open = await startDockerRegistry();
  closed = await startDockerRegistry({ storage: open.storage, auth: { kind: "htpasswd" } });
  for (const path of images) {
    const platforms = [{ os: "linux", architecture: "amd64" }] as const;
    await pushImage(`${open.host}/${path}`, { tag: "1", format: "oci", platforms });
  }
});
afterAll(() => Promise.all([open, closed].map((each) => each.stop())));

/** What it does, how often it is started for all images, and how many minutes it is left alone then. */
const ways: readonly (readonly [string, string, number, number])[] = [
  ["hangs", "sleep 60", 1, 29],
  ["fails", "exit 3", 1, 29],
  ["has no login", "echo credentials not found in native keychain; exit 1", 1, 4],
  // Once more, since a login may have ended.
  ["has one that is refused", giving(person.user, "top-secret"), 2, 4],
];

describe.each(ways)("A helper that %s", (_, script, most, minutes) => {
  const start = () => {
    const helper = countingHelper(script);
    const clock = new QuickClock();
    const client = openClient({
      home,
      clock,
      programs: helper.programs,
      ...(script.startsWith("sleep") && { helperTimeout: 200 }),
    });
    const ask = async (path: string, fresh = false): Promise<string> =>
      client.resolve(`${closed.host}/${path}`, "1", { fresh }).then(
        () => "answered",
        ({ kind }) => kind,
      );
    return { helper, clock, ask };
  };

  test("is not started for each image, nor each time", async () => {
    const { helper, clock, ask } = start();
    for (const path of images) expect(await ask(path)).toBe("unauthorized");
    expect(helper.runs()).toBe(most);
    clock.pass(minutes * minute);
    await Promise.all(images.map((path) => ask(path)));
    expect(helper.runs()).toBe(most);
  });

  test("is started once more when a person tries again, for all images together", async () => {
    const { helper, clock, ask } = start();
    for (const path of images) await ask(path);
    const before = helper.runs();
    clock.pass(minute);
    await Promise.all(images.map((path) => ask(path, true)));
    for (const path of images) await ask(path, true);
    expect(helper.runs()).toBe(before + 1);
    clock.pass(minute);
    helper.does(right);
    expect(await ask("team/a", true)).toBe("answered");
    expect(await ask("team/b")).toBe("answered");
  });

  test("is started by itself after half an hour", async () => {
    const { helper, clock, ask } = start();
    for (const path of images) await ask(path);
    helper.does(right);
    clock.pass(31 * minute);
    expect(await ask("team/a")).toBe("answered");
  });
});

test("A registry that says 403 of what one may not see does not start the helper each time", async () => {
  const helper = countingHelper(right);
  const service = await faultyRegistry(open.host, () => ({ kind: "answer", status: 200, body: '{"token":"t"}' }));
  const headers = { "WWW-Authenticate": `Bearer realm="http://${service.host}/"` };
  const registry = await faultyRegistry(open.host, (asked) =>
    asked.headers.authorization === undefined
      ? { kind: "answer", status: 401, headers }
      : { kind: "answer", status: 403 },
  );
  const client = openClient({ home, programs: helper.programs });
  for (const path of images) {
    expect((await failureOf(client.resolve(`${registry.host}/${path}`, "1"))).kind).toBe("unauthorized");
  }
  expect(helper.runs()).toBeLessThanOrEqual(2);
});

test("Questions for several images at the same time start one helper", async () => {
  const helper = countingHelper(right);
  const client = openClient({ home, programs: helper.programs });
  await Promise.all(images.map((path) => client.resolve(`${closed.host}/${path}`, "1")));
  expect(helper.runs()).toBe(1);
});
