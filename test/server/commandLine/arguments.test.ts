import { expect, test } from "vitest";
import { parseArguments } from "../../../server/src/commandLine/arguments";

test("an option that takes several values takes them between commas and again, one that takes a single text does not", () => {
  const words = ["--host", "a:1,b", "dir", "--host=c"];
  expect(parseArguments(words, { "--host": "list" }).lists.get("--host")).toEqual(["a:1", "b", "c"]);
  expect(() => parseArguments(words, { "--host": "text" })).toThrow("'--host' is there twice");
});
