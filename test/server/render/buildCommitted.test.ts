import { expect, test } from "vitest";
import type { CommittedReader } from "../../../server/src/git/committedReader";
import { buildCommitted } from "../../../server/src/render/buildCommitted";

const place = { root: "/work/overlay", repository: "/work", revision: "0123456789abcdef" };
const failure = { kind: "timedOut", message: "Git did not answer.", help: "Try again." } as const;

/** A commit that holds these files; reading one of `failing` fails. */
function commitOf(files: Readonly<Record<string, string>>, failing?: string): Pick<CommittedReader, "list" | "texts"> {
  return {
    list: async () => ({ ok: true, value: Object.keys(files) }),
    texts: async (_root, _revision, paths) => {
      if (failing !== undefined && paths.includes(failing)) return { ok: false, failure };
      return { ok: true, value: new Map(paths.flatMap((path) => (path in files ? [[path, files[path] ?? ""]] : []))) };
    },
  };
}

const files = {
  "/work/base/kustomization.yaml": "resources: [a.yaml]\n",
  "/work/base/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
  "/work/overlay/kustomization.yaml": "resources: [../base]\npatches:\n- path: ../shared/patch.yaml\n",
  "/work/shared/patch.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {b: c}\n",
  "/work/above/kustomization.yaml": "resources: [../base]\n",
  "/work/notes.md": "",
};

test("the files that a build of a commit reads", async () => {
  const built = await buildCommitted({ ...place, root: "/work/above" }, commitOf(files));
  expect(built).toMatchObject({
    filesRead: ["/work/above/kustomization.yaml", "/work/base/kustomization.yaml", "/work/base/a.yaml"],
  });
});

test("and those outside of the root where builds may read them", async () => {
  const built = await buildCommitted({ ...place, freeDirectoryOf: () => "/work" }, commitOf(files));
  expect(built).toMatchObject({
    filesRead: [
      "/work/overlay/kustomization.yaml",
      "/work/base/kustomization.yaml",
      "/work/base/a.yaml",
      "/work/shared/patch.yaml",
    ],
  });
});

test("a file that git cannot give is said, not left out", async () => {
  const built = await buildCommitted(place, commitOf(files, "/work/base/a.yaml"));
  expect(built).toBe("Git did not answer. Try again.");
});

test("a commit that nobody fetched is said", async () => {
  expect(await buildCommitted(place, commitOf({}))).toContain("is not in this clone");
});
