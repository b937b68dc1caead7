import { test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const twice = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: red\n  color: blue\n";
const marked = `${twice}# ^^^^^ error yaml/duplicate-key\n`;

test("a key that stands twice is told of an object that no kustomization builds", () =>
  checkDiagnostics(`#- a.yaml\n${marked}`));

test("and once of one that is built", () =>
  checkDiagnostics(`#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\n${marked}`));

test("files that are nobody's objects, and templates, are left alone", () =>
  checkDiagnostics(
    `#- values.yaml\na: 1\na: 2\n#- b.yaml\n${twice.replace("color: red", "{{- if .a }}\n  color: red\n{{- end }}")}`,
  ));

test("fix: without the first", () =>
  checkFix(
    `#- a.yaml\n${twice}`,
    "yaml/duplicate-key",
    "Remove the first one",
    `#- a.yaml\n${twice.replace("  color: red\n", "")}`,
  ));
