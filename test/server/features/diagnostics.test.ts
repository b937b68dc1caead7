import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/analysis/finding";
import { toDiagnostic } from "../../../server/src/features/diagnostics";

const place = { file: { path: "/repo/service.yaml", text: "kind: Service\n" }, start: 6, end: 13 };

function say(message: string, parts: Partial<Finding> = {}) {
  const finding: Finding = { code: "core/x", severity: "warning", place, message, related: [], ...parts };
  return toDiagnostic(finding, { toUri: (path) => `file://${path}`, rulesPage: undefined });
}

test("what a page sets as code stands in quotes, in the message, the help and the related places", () => {
  const related = [{ place, message: "`web` is declared here." }];
  const said = say("There is no `web`.", { help: "Did you mean `wep` or `$(params.web)`?", related });
  expect(said.message).toBe("There is no 'web'.\nDid you mean 'wep' or '$(params.web)'?");
  expect(said.relatedInformation?.map(({ message }) => message)).toEqual(["'web' is declared here."]);
});

test("a single backtick of what somebody wrote stays, and pairs up with none of another line", () =>
  expect(say("'a`b' is no name.", { help: "Use `ab`." }).message).toBe("'a`b' is no name.\nUse 'ab'."));
