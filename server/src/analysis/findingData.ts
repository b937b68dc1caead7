import { type DataRange, toDataRange } from "../render/dataRange";
import type { Finding, Severity } from "./finding";

/** A finding in the shape in which it leaves the product: command line, library, reports. */
export interface FindingData {
  readonly file: string;
  readonly range: DataRange;
  readonly severity: Severity;
  readonly code: string;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly help?: string;
  /** The words of Kustomize, or of Argo CD, for it, where they have any. */
  readonly detail?: string;
  readonly related: readonly { readonly file: string; readonly range: DataRange; readonly message: string }[];
  /** Titles of the ways to repair it. */
  readonly fixes: readonly string[];
}

/** A finding as data; `nameFile` says how a path is written, `fixes` are the titles of its fixes. */
export function toFindingData(
  finding: Finding,
  nameFile: (path: string) => string,
  fixes: readonly string[],
): FindingData {
  const { place, severity, code, message, help, detail, related } = finding;
  return {
    file: nameFile(place.file.path),
    range: toDataRange(place),
    severity,
    code,
    message,
    ...(help === undefined ? {} : { help }),
    ...(detail === undefined ? {} : { detail }),
    related: related.map((each) => ({
      file: nameFile(each.place.file.path),
      range: toDataRange(each.place),
      message: each.message,
    })),
    fixes,
  };
}
