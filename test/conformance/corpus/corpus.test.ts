import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { diskLoader } from "../../support/diskLoader";
import { unpackedOnce, untar } from "../cacheFolder";
import { readAnswers } from "./answers";
import { compare } from "./compare";

const folder = process.env["CORPUS"];
/** For daily work: only what has this in `repository/directory`. */
const only = process.env["ONLY"] ?? "";
const shownPerRepository = only === "" ? 3 : 50;

if (folder === undefined || folder === "") {
  test("the corpus is at hand", () => {
    expect.fail("Set CORPUS to the folder of the corpus (it holds repositories.tar.gz and answers.jsonl.gz).");
  });
} else {
  describe("public repositories", () => {
    const archive = resolve(folder, "repositories.tar.gz");
    const corpus = unpackedOnce("corpus", archive, (target) => untar(archive, target));
    const answers = readAnswers(join(folder, "answers.jsonl.gz"));
    const counts = { same: 0, different: 0, seconds: 0 };

    test.each([...answers.keys()].filter((repository) => only === "" || only.startsWith(repository)))(
      "%s",
      (repository) => {
        const loader = diskLoader();
        const started = performance.now();
        const differences: string[] = [];
        for (const answer of answers.get(repository) ?? []) {
          const name = `${repository}/${answer.dir}`;
          if (!name.includes(only)) continue;
          const difference = compare(answer, corpus, loader);
          if (difference === undefined) counts.same++;
          else differences.push(`${name}\n${difference}`);
        }
        counts.different += differences.length;
        counts.seconds += (performance.now() - started) / 1000;
        const shown = differences.slice(0, shownPerRepository).join("\n\n");
        expect(differences.length, `${differences.length} kustomizations differ; the first:\n\n${shown}\n`).toBe(0);
      },
    );
    afterAll(() => {
      console.log(`corpus: ${counts.same} same, ${counts.different} different, ${counts.seconds.toFixed(1)} s`);
    });
  });
}
