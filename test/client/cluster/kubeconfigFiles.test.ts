import { describe, expect, test } from "vitest";
import { kubeconfigPaths, loadKubeconfig, type UserFiles } from "../../../client/src/cluster/kubeconfigFiles";

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
