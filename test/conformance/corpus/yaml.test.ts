import { join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { emitDocuments } from "../../../server/src/yaml/emit";
import { readDocuments } from "../../../server/src/yaml/read";
import { compareReaders } from "../../support/bothReaders";
import { firstDifference } from "../../support/firstDifference";
import { yamlFilesBelow } from "../../support/yamlFiles";
import { unpackedOnce, untar } from "../cacheFolder";
import { readAnswers } from "./answers";

/** Reading and printing on files that nobody here wrote. Without `CORPUS`, `corpus.test.ts` fails and says what to set. */
const folder = process.env["CORPUS"] ?? "";
const suite = folder === "" ? [] : [folder];

/** The full reader takes its time: by default it sees the files people write; `READERS=all` adds the generated ones. */
const largest = process.env["READERS"] === "all" ? Number.POSITIVE_INFINITY : 20_000;

describe.each(suite)("the YAML of %s", (corpusFolder) => {
  const archive = resolve(corpusFolder, "repositories.tar.gz");
  const corpus = unpackedOnce("corpus", archive, (target) => untar(archive, target));
  const figures = { fast: 0, left: 0, answers: 0 };

  test("both readers agree on every file", () => {
    const differences: string[] = [];
    for (const { path, text } of yamlFilesBelow(corpus)) {
      if (text.length > largest) continue;
      const outcome = compareReaders(relative(corpus, path), text);
      differences.push(...outcome.differences);
      figures.fast += outcome.fast;
      figures.left += outcome.left;
    }
    expect(differences).toEqual([]);
  }, 300_000);

  test("every answer of the real Kustomize prints the same again", () => {
    for (const answers of readAnswers(join(corpusFolder, "answers.jsonl.gz")).values()) {
      for (const { repo, dir, yaml } of answers) {
        if (yaml === undefined) continue;
        const printed = emitDocuments(readDocuments({ path: `/${dir}`, text: yaml }).flatMap(({ root }) => root ?? []));
        if (printed.text !== yaml) expect.fail(`${repo}/${dir}: ${firstDifference(printed.text, yaml)}`);
        figures.answers++;
      }
    }
    expect(figures.answers).toBeGreaterThan(1000);
  }, 300_000);

  afterAll(() => {
    console.log(
      `yaml: ${figures.fast} documents read fast, ${figures.left} fully, ${figures.answers} answers printed the same`,
    );
  });
});
