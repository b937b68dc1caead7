import { describe, expect, test } from "vitest";
import { systemClock } from "../../../client/src/cluster/clock";
import {
  KubeconfigMemory,
  kubeconfigPaths,
  loadKubeconfig,
  type UserFiles,
} from "../../../client/src/cluster/kubeconfigFiles";

/** Files by path; an `Error` stands for one that cannot be read. */
function filesOf(files: Readonly<Record<string, string | Error>>, kubeconfig?: string): UserFiles {
  const known = new Map(Object.entries(files));
  return {
    home: "/home/ada",
    delimiter: ":",
    environment: (name) => (name === "KUBECONFIG" ? kubeconfig : undefined),
    read: async (path) => {
      const text = known.get(path) ?? Object.assign(new Error("no such file"), { code: "ENOENT" });
      if (typeof text !== "string") throw text;
      return text;
    },
    watch: () => () => {},
  };
}

function config(context: string, server = "https://example.com"): string {
  return [
    `clusters: [{ name: ${context}, cluster: { server: "${server}" } }]`,
    `contexts: [{ name: ${context}, context: { cluster: ${context}, user: ada } }]`,
    "users: [{ name: ada, user: {} }]",
    `current-context: ${context}`,
  ].join("\n");
}

describe("the kubeconfig files", () => {
  test("are those of KUBECONFIG, each once, or else the one in the home folder", () => {
    expect(kubeconfigPaths(filesOf({}, "/a::/b:/a"))).toEqual(["/a", "/b"]);
    expect(kubeconfigPaths(filesOf({}, ""))).toEqual(["/home/ada/.kube/config"]);
    expect(kubeconfigPaths(filesOf({}))).toEqual(["/home/ada/.kube/config"]);
  });

  test("are read together, and the first to name something counts", async () => {
    const files = filesOf({ "/a": config("dev"), "/b": `${config("dev", "https://other.example.com")}` }, "/a:/b");
    const { contexts, current, problems } = (await loadKubeconfig(files)).kubeconfig;
    expect(contexts.map(({ name, server, file }) => ({ name, server, file }))).toEqual([
      { name: "dev", server: "https://example.com", file: "/a" },
    ]);
    expect([current, problems]).toEqual(["dev", []]);
  });

  test("may be missing", async () => {
    const none = { paths: ["/a", "/b"], contexts: [], problems: [], unreadable: [] };
    expect((await loadKubeconfig(filesOf({}, "/a:/b"))).kubeconfig).toEqual(none);
    const { contexts } = (await loadKubeconfig(filesOf({ "/b": config("dev") }, "/a:/b"))).kubeconfig;
    expect(contexts.map(({ name }) => name)).toEqual(["dev"]);
  });

  test("that cannot be read are told, and the others are read all the same", async () => {
    const denied = Object.assign(new Error("permission denied"), { code: "EACCES" });
    const files = filesOf({ "/a": denied, "/b": "contexts: [", "/c": config("dev") }, "/a:/b:/c");
    const { contexts, problems } = (await loadKubeconfig(files)).kubeconfig;
    expect(contexts.map(({ name }) => name)).toEqual(["dev"]);
    expect(problems).toEqual([
      "'/a' cannot be read: permission denied",
      expect.stringContaining("'/b' cannot be read as a kubeconfig"),
    ]);
  });
});

describe("a kubeconfig that is written while it is read", () => {
  test.each([
    ["is empty for a moment", ""],
    ["is gone for a moment", undefined],
    ["lacks its users for a moment", config("dev").replace(/^users.*$/m, "users: []")],
    ["has another context for a moment", config("other")],
  ])("that %s is read once more before anybody hears of it", async (_, half) => {
    const { memory, write, slept } = remembering();
    write(config("dev"));
    expect(await names(memory)).toEqual(["dev"]);
    write(half, () => write(config("dev")));
    expect(await names(memory)).toEqual(["dev"]);
    expect(slept()).toBe(1);
  });

  test("loses what is still missing after a while, and tells new contexts at once", async () => {
    const { memory, write, slept } = remembering();
    write(config("dev"));
    expect(await names(memory)).toEqual(["dev"]);
    write(config("stage"));
    expect(await names(memory)).toEqual(["stage"]);
    write(undefined);
    expect(await names(memory)).toEqual([]);
    expect(slept()).toBe(2);
    write(config("stage"));
    expect(await names(memory)).toEqual(["stage"]);
    expect(slept()).toBe(2);
  });

  test("keeps its contexts for as long as it cannot be understood", async () => {
    const { memory, write } = remembering();
    write(config("dev"));
    await names(memory);
    for (const text of ["contexts: [", "contexts: [{"]) {
      write(text);
      expect(await names(memory)).toEqual(["dev"]);
    }
    write(config("stage"));
    expect(await names(memory)).toEqual(["stage"]);
  });

  test("tells whether it says something else than before", async () => {
    const { memory, write } = remembering();
    const load = async (): Promise<boolean> => (await memory.load(new AbortController().signal)).isNew;
    write(config("dev"));
    expect([await load(), await load()]).toEqual([true, false]);
    write(`${config("dev")}\n# signed in`);
    expect([await load(), await load()]).toEqual([true, false]);
  });
});

test("of two readings at the same time the newer one is told, with what the older one was for, and both wait for it", async () => {
  const { memory, write } = remembering();
  const { signal } = new AbortController();
  const told: boolean[] = [];
  const read = async (isAsked: boolean): Promise<number> => {
    await memory.tell(signal, isAsked, (_, again) => told.push(again));
    return told.length;
  };
  write(config("dev"));
  expect(await read(false)).toBe(1);
  expect(await Promise.all([read(true), read(false)])).toEqual([2, 2]);
  expect(await read(false)).toBe(3);
  expect(told).toEqual([true, true, false]);
});

async function names(memory: KubeconfigMemory): Promise<readonly string[]> {
  const { kubeconfig } = await memory.load(new AbortController().signal);
  return kubeconfig.contexts.map(({ name }) => name);
}

/** A memory of one file. While it waits for the rest of the file, that is written. */
function remembering() {
  let text: string | undefined;
  let rest: (() => void) | undefined;
  let slept = 0;
  const files = filesOf({});
  const read = async (path: string): Promise<string> => text ?? (await files.read(path));
  const sleep = async (): Promise<void> => {
    slept++;
    rest?.();
  };
  return {
    memory: new KubeconfigMemory({ ...files, read }, { ...systemClock, sleep }),
    write(next: string | undefined, then?: () => void) {
      text = next;
      rest = then;
    },
    slept: () => slept,
  };
}
