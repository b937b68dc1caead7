import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { BuildCache, build } from "../../../server/src/kustomize/build";
import type { Node } from "../../../server/src/yaml/node";
import { diskLoader } from "../../support/diskLoader";
import { originMistakes } from "../../support/originMistakes";
import { unpackedOnce, untar } from "../cacheFolder";
import { readAnswers } from "./answers";

const folder = process.env["CORPUS"];
const only = process.env["ONLY"] ?? "";

if (folder === undefined || folder === "") {
  test("the corpus is at hand", () => {
    expect.fail("Set CORPUS to the folder of the corpus (it holds repositories.tar.gz and answers.jsonl.gz).");
  });
} else {
  describe("every rendered value has an origin that gives it", () => {
    const archive = resolve(folder, "repositories.tar.gz");
    const corpus = unpackedOnce("corpus", archive, (target) => untar(archive, target));
    const answers = readAnswers(join(folder, "answers.jsonl.gz"));

    test.each([...answers.keys()].filter((repository) => only === "" || only.startsWith(repository)))(
      "%s",
      (repository) => {
        const loader = diskLoader();
        const cache = new BuildCache();
        const checked = new WeakSet<Node>();
        const mistakes: string[] = [];
        for (const { dir, status } of answers.get(repository) ?? []) {
          if (status !== "ok" || !`${repository}/${dir}`.includes(only)) continue;
          const { resources } = build(join(corpus, repository, dir), loader, { reorder: "legacy" }, cache);
          const nodes = resources.map(({ node }) => node);
          mistakes.push(...originMistakes(nodes, checked).map((text) => `${dir}${text}`));
        }
        const shown = mistakes.slice(0, 5).join("\n").replaceAll(`${corpus}/`, "");
        expect(mistakes.length, `${mistakes.length} mistakes; the first:\n${shown}\n`).toBe(0);
      },
    );
  });
}
