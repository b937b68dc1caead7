import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { unpackedOnce, untar } from "../cacheFolder";
import { checkRepository, describeFinding, isReviewed, readReviewed } from "./findings";

/** Without `CORPUS`, `corpus.test.ts` fails and says what to set. */
const folder = process.env["CORPUS"] ?? "";

describe.each(folder === "" ? [] : [folder])("the rules over the repositories of %s", (corpusFolder) => {
  test("nothing is an error that nobody has looked at", { timeout: 600_000 }, async () => {
    const archive = resolve(corpusFolder, "repositories.tar.gz");
    const corpus = unpackedOnce("corpus", archive, (target) => untar(archive, target));
    const reviewed = readReviewed();
    const counts = new Map<string, number>();
    const totals = { files: 0, documents: 0 };
    const unexplained: string[] = [];
    for (const repository of readdirSync(corpus).sort()) {
      if (repository.startsWith(".")) continue;
      const { files, documents, findings } = await checkRepository(join(corpus, repository));
      totals.files += files;
      totals.documents += documents;
      for (const finding of findings) {
        const { code, severity, place } = finding;
        counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1);
        if (severity !== "error" || isReviewed(place.file.path, code, reviewed)) continue;
        unexplained.push(describeFinding(finding, corpus));
      }
    }
    console.log(
      `findings: ${totals.files} files, ${totals.documents} documents`,
      Object.fromEntries([...counts].sort()),
    );
    expect(unexplained).toEqual([]);
  });
});

test("every reviewed error has a place, a code and a reason", () => {
  const empty = readReviewed().filter(({ file, codes, reason }) => !file || codes.length === 0 || reason.length < 20);
  expect(empty).toEqual([]);
});
