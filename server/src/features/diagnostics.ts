import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import type { Finding, Severity } from "../analysis/finding";
import { toRange } from "./range";

/** What turning findings into diagnostics needs to know of the outside. */
export interface DiagnosticOptions {
  readonly toUri: (path: string) => string;
  /** URI of the rules page; a code links to its section there. */
  readonly rulesPage: string | undefined;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding as the editor shows it: message and help in one text, the overlays it breaks as related information. */
export function toDiagnostic(finding: Finding, { toUri, rulesPage }: DiagnosticOptions): Diagnostic {
  const { code, severity, place, message, help, related, data } = finding;
  return {
    range: toRange(place),
    severity: severities[severity],
    source: "GitOps Author",
    code,
    ...(rulesPage === undefined ? {} : { codeDescription: { href: `${rulesPage}#${anchorOf(code)}` } }),
    message: asPlainText(help === undefined ? message : `${message}\n${help}`),
    ...(code.startsWith("kustomization/deprecated") ? { tags: [DiagnosticTag.Deprecated] } : {}),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((each) => ({
            location: { uri: toUri(each.place.file.path), range: toRange(each.place) },
            message: asPlainText(each.message),
          })),
        }),
    ...(data === undefined ? {} : { data }),
  };
}

/** Editors show messages as they are, and a screen reader speaks each backtick: what a page sets as code stands in quotes here. */
function asPlainText(text: string): string {
  return text.replace(/`([^`\n]*)`/g, "'$1'");
}

/** The heading of a code on the rules page, as its anchor: `kustomization/missing-file` → `kustomizationmissing-file`. */
function anchorOf(code: string): string {
  return code.replace(/[^a-z0-9-]/g, "");
}
