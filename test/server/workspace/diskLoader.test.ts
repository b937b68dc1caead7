import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeSyncFileSystem } from "../../../server/src/platform/node/nodeSyncFileSystem";
import { createDiskLoader } from "../../../server/src/workspace/diskLoader";
import { temporaryFolder } from "../../support/temporaryFolder";

test("every look-up has one answer: files through links are the file itself, the rest says what it is", () => {
  const folder = temporaryFolder({ "a/b.yaml": "a: 1\n" });
  symlinkSync("a", join(folder, "link"));
  symlinkSync("loop", join(folder, "loop"));
  const { lookUp } = createDiskLoader(nodeSyncFileSystem);
  const file = lookUp(`${folder}/a/b.yaml`);
  expect(file).toEqual({
    kind: "file",
    realPath: `${folder}/a/b.yaml`,
    source: { path: `${folder}/a/b.yaml`, text: "a: 1\n" },
  });
  expect(lookUp(`${folder}/link/b.yaml`)).toBe(file);
  expect(lookUp(`${folder}/link`)).toEqual({ kind: "directory", realPath: `${folder}/a` });
  expect(lookUp(`${folder}/none`).kind).toBe("missing");
  expect(lookUp(`${folder}/a/b.yaml/c`).kind).toBe("missing");
  expect(lookUp(`${folder}/loop`).kind).toBe("unreadable");
});
