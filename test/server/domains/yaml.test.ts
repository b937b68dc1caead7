import { describe, test } from "vitest";
import { checkDiagnostics } from "../../support/checkDiagnostics";
import { checkFix } from "../../support/checkFix";

const resource = (text: string): string =>
  `#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n${text}`;

describe("yaml/tab-indentation", () => {
  test("leaves tabs in block scalars and comments alone", () =>
    checkDiagnostics(resource("data:\n  a: |\n    x:\n    \ty\t# z\n")));
  test("fix: spaces", () =>
    checkFix(
      "#- kustomization.yaml\nsortOptions:\n\torder: fifo\n",
      "yaml/tab-indentation",
      "Use spaces",
      "#- kustomization.yaml\nsortOptions:\n  order: fifo\n",
    ));
});

describe("yaml/duplicate-key", () => {
  test("fix: remove the first", () =>
    checkFix(
      resource("data:\n  a: b # c\n  x: y\n  a: c\n"),
      "yaml/duplicate-key",
      "Remove the first one",
      resource("data:\n  x: y\n  a: c\n"),
    ));
});

test("yaml/non-string-key: fix", () =>
  checkFix(resource("data:\n  10: a\n"), "yaml/non-string-key", "Put it in quotes", resource('data:\n  "10": a\n')));

test("yaml/unclosed-quote: fix", () =>
  checkFix(
    '#- kustomization.yaml\nnamePrefix: "a-\n',
    "yaml/unclosed-quote",
    'Close it with "',
    '#- kustomization.yaml\nnamePrefix: "a-"\n',
  ));
