import { expect, test } from "vitest";
import { ObservationStore } from "../../../server/src/observations/observations";
import { recordingRegistry } from "../../../server/src/observations/recordingRegistry";
import { registryAnswers } from "../../../server/src/observations/registryAnswers";
import { freshFor, RegistryJob, type WantedImage } from "../../../server/src/observations/registryJob";
import { type Registry, RegistryError, type RegistryErrorKind } from "../../../server/src/registry/registry";

/** A clock that a test turns; tasks run when their time has come. */
class TurnedClock {
  time = 0;
  private readonly tasks = new Set<{ readonly at: number; readonly task: () => void }>();
  readonly now = (): number => this.time;
  readonly after = (milliseconds: number, task: () => void): (() => void) => {
    const entry = { at: this.time + milliseconds, task };
    this.tasks.add(entry);
    return () => void this.tasks.delete(entry);
  };
  readonly yield = async (): Promise<void> => {};

  /** Turns on, and lets all that follows from it happen. */
  async turn(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    for (const entry of [...this.tasks]) {
      if (entry.at > this.time || !this.tasks.delete(entry)) continue;
      entry.task();
    }
    for (let i = 0; i < 50; i++) await Promise.resolve();
  }
}

const found = { digest: `sha256:${"a".repeat(64)}`, mediaType: "application/vnd.oci.image.index.v1+json" };

function start(wanted: readonly WantedImage[]) {
  const clock = new TurnedClock();
  const store = new ObservationStore();
  const asked: string[] = [];
  const state = {
    failure: undefined as RegistryErrorKind | undefined,
    /** It gives the tags, whatever fails else. */
    showsTags: false,
    defect: undefined as Error | undefined,
    wait: 600,
    /** It answers when this is settled. */
    held: Promise.resolve(),
  };
  const failures: unknown[] = [];
  const answer = async <T>(what: string, value: T, failure: RegistryErrorKind | undefined): Promise<T> => {
    asked.push(what);
    await state.held;
    if (state.defect !== undefined) throw state.defect;
    if (failure !== undefined) throw new RegistryError(failure, "no", state.wait);
    return value;
  };
  const data: Registry = {
    tags: (image) => {
      const failure = state.showsTags ? undefined : state.failure;
      return answer(`tags ${image}`, { tags: ["1.0"], complete: true }, failure);
    },
    resolve: (image, version) => answer(`${image}:${version}`, found, state.failure),
    details: () => Promise.reject(new Error("nobody asks for this")),
    referrers: () => Promise.reject(new Error("nobody asks for this")),
    putTag: () => Promise.reject(new Error("nobody asks for this")),
  };
  const registry = recordingRegistry(data, { store, now: clock.now });
  const failed = (error: unknown): void => void failures.push(error);
  const job = new RegistryJob({ wanted: () => wanted, store, registry, clock, now: clock.now, failed });
  const versions = () => store.current.of(registryAnswers).get("q.io/web")?.versions.get("1.0")?.value;
  return { clock, job, asked, state, versions, store, failures };
}

const web: WantedImage = { image: "q.io/web", versions: ["1.0"] };

test("nothing is asked before it is started, and then once as long as the answer is fresh", async () => {
  const { clock, job, asked, versions } = start([web]);
  job.changed();
  await clock.turn(10_000);
  expect(asked).toEqual([]);
  job.start();
  await clock.turn(2000);
  expect(asked).toEqual(["tags q.io/web", "q.io/web:1.0"]);
  expect(versions()).toEqual(found);
  job.changed();
  await clock.turn(2000);
  expect(asked).toHaveLength(2);
  await clock.turn(freshFor);
  await clock.turn(2000);
  expect(asked).toHaveLength(4);
});

test("only what a registry says for certain is missing, and no longer than it says so", async () => {
  const { clock, job, state, versions } = start([web]);
  Object.assign(state, { failure: "notFound", showsTags: true });
  job.start();
  await clock.turn(2000);
  expect(versions()).toBe("missing");
  Object.assign(state, { failure: "unreachable", showsTags: false });
  await clock.turn(freshFor);
  await clock.turn(2000);
  expect(versions()).toBe("missing");
  state.failure = "unauthorized";
  await clock.turn(2 * freshFor);
  await clock.turn(2000);
  expect(versions()).toBeUndefined();
});

test("nothing is missing of what a registry says that it does not have at all: it may be hidden from us", async () => {
  const { clock, job, asked, state, versions } = start([web]);
  state.failure = "notFound";
  job.start();
  await clock.turn(2000);
  expect(asked).toEqual(["tags q.io/web", "q.io/web:1.0"]);
  expect(versions()).toBeUndefined();
});

test("three images are asked for at a time, and all of them in the end", async () => {
  const images = Array.from({ length: 8 }, (_, i): WantedImage => ({ image: `q.io/web${i}`, versions: [] }));
  const { clock, job, asked, state } = start(images);
  let letGo = (): void => {};
  state.held = new Promise((resolve) => {
    letGo = resolve;
  });
  job.start();
  await clock.turn(2000);
  expect(asked).toHaveLength(3);
  letGo();
  await clock.turn(0);
  expect(asked).toEqual(images.map(({ image }) => `tags ${image}`));
});

test("a registry that has enough is left alone, for all of its images", async () => {
  const { clock, job, asked, state } = start([
    web,
    { image: "q.io/other", versions: ["2"] },
    { image: "r.io/a", versions: [] },
  ]);
  state.failure = "rateLimited";
  job.start();
  await clock.turn(2000);
  const first = asked.length;
  expect(asked).not.toContain("q.io/web:1.0");
  await clock.turn(freshFor);
  await clock.turn(2000);
  expect(asked).toHaveLength(first);
});

test("a registry that wants to be left alone for ever is asked an hour later", async () => {
  const { clock, job, asked, state } = start([web]);
  Object.assign(state, { failure: "rateLimited", wait: 999_999_999 });
  job.start();
  await clock.turn(2000);
  const first = asked.length;
  for (let i = 0; i < 12; i++) await clock.turn(freshFor + 2000);
  await clock.turn(2000);
  expect(asked.length).toBeGreaterThan(first);
});

test("what was refused is asked for again when the person has signed in", async () => {
  const { clock, job, state, versions } = start([web]);
  state.failure = "unauthorized";
  job.start();
  await clock.turn(2000);
  state.failure = undefined;
  job.changed();
  await clock.turn(2000);
  expect(versions()).toBeUndefined();
  job.signedIn();
  await clock.turn(2000);
  expect(versions()).toEqual(found);
});

test("who wanted to be left alone is, whoever signs in", async () => {
  const { clock, job, asked, state } = start([web]);
  state.failure = "rateLimited";
  job.start();
  await clock.turn(2000);
  const first = asked.length;
  job.signedIn();
  await clock.turn(2000);
  expect(asked).toHaveLength(first);
});

test("a defect is told, and does not keep it from asking again", async () => {
  const { clock, job, state, versions, failures } = start([web]);
  state.defect = new Error("oh");
  job.start();
  await clock.turn(2000);
  expect(failures).toEqual([state.defect]);
  state.defect = undefined;
  await clock.turn(freshFor);
  await clock.turn(2000);
  expect(versions()).toEqual(found);
});

test("what was said is forgotten when it is stopped", async () => {
  const { clock, job, store } = start([web]);
  job.start();
  await clock.turn(2000);
  job.stop();
  expect(store.current.of(registryAnswers).size).toBe(0);
  await clock.turn(freshFor * 3);
  expect(store.current.of(registryAnswers).size).toBe(0);
});
