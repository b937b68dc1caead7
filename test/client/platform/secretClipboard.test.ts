import { expect, test } from "vitest";
import { SecretClipboard } from "../../../client/src/platform/secretClipboard";

/** A clipboard, and a time that passes when the test says so. */
function setUp() {
  let text = "before";
  const waits: { readonly milliseconds: number; readonly end: () => void }[] = [];
  const clipboard = {
    readText: async () => text,
    writeText: async (now: string) => {
      text = now;
    },
  };
  const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((end) => {
      waits.push({ milliseconds, end });
      signal.addEventListener("abort", () => end(), { once: true });
    });
  const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
  return {
    secrets: new SecretClipboard(clipboard, { sleep }),
    text: () => text,
    copy: clipboard.writeText,
    waits,
    async minutePasses() {
      for (const { end } of waits.splice(0)) end();
      await settle();
    },
    settle,
  };
}

test("a secret is in the clipboard for a minute", async () => {
  const { secrets, text, waits, minutePasses } = setUp();
  await secrets.put("Zx81");
  expect(text()).toBe("Zx81");
  expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([60_000]);
  await minutePasses();
  expect(text()).toBe("");
});

test("what else was copied in the meantime stays", async () => {
  const { secrets, text, copy, minutePasses } = setUp();
  await secrets.put("Zx81");
  await copy("kubectl get pods");
  await minutePasses();
  expect(text()).toBe("kubectl get pods");
});

test("a second secret has a minute of its own", async () => {
  const { secrets, text, waits, minutePasses, settle } = setUp();
  await secrets.put("Zx81");
  const [first] = waits.splice(0);
  await secrets.put("Zx82");
  first?.end();
  await settle();
  expect(text()).toBe("Zx82");
  await minutePasses();
  expect(text()).toBe("");
});

test("nothing stays when the window closes", async () => {
  const { secrets, text, settle } = setUp();
  await secrets.put("Zx81");
  secrets.dispose();
  await settle();
  expect(text()).toBe("");
});
