import { expect, test } from "vitest";
import { environmentOf, substitute } from "../../../server/src/argocd/environment";

/** What Go's `os.Expand` makes of each, as Argo CD calls it. */
test.each([
  ["$A", "web"],
  [`\${A}`, "web"],
  [`\${`, ""],
  [`\${}`, ""],
  ["a$", "a$"],
  ["$$A", "$A"],
  ["$1x", "x"],
  [`\${A B}`, ""],
  ["$-A", "A"],
  ["$é", "$é"],
  [`\${$}`, "$"],
  ["$A_B", ""],
  [`x\${A`, "xA"],
  ["$A-$A", "web-web"],
])("%s becomes %s", (text, expected) => expect(substitute(text, new Map([["A", "web"]]))).toBe(expected));

test("a commit is there in three lengths, and no project is the default one", () => {
  const environment = environmentOf({ application: "web", revision: "0123456789abcdef" });
  expect(Object.fromEntries(environment)).toMatchObject({
    ARGOCD_APP_NAME: "web",
    ARGOCD_APP_PROJECT_NAME: "default",
    ARGOCD_APP_REVISION_SHORT: "0123456",
    ARGOCD_APP_REVISION_SHORT_8: "01234567",
    ARGOCD_APP_SOURCE_PATH: "",
  });
});
