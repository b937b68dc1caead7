import type { DocumentContext, Hit } from "../../../analysis/rule";
import { findFieldProblems } from "../../../kustomize/kustomizationFile";

/**
 * A check for conditions that the text of a kustomization shows alone. The engine reports them too, at the same places; looking
 * at the text finds them without waiting for a build, and in Components that nothing includes, which are never built.
 */
export function fieldProblems(code: string): (context: DocumentContext) => readonly Hit[] {
  return ({ documents: [document] }) =>
    document === undefined
      ? []
      : findFieldProblems(document)
          .filter((problem) => problem.code === code)
          .map((problem) => ({ ...problem, related: problem.related ?? [] }));
}
