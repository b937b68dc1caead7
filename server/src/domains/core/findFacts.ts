import { isTemplated } from "../../analysis/templates";
import { customKinds } from "../../schema/customResources";
import { type FileFacts, noFacts } from "../../workspace/facts";
import type { SourceDocument } from "../../yaml/document";
import type { SourceFile } from "../../yaml/source";

/** The kinds that the CustomResourceDefinitions of a file define. */
export function findFacts(file: SourceFile, documents: () => readonly SourceDocument[]): FileFacts {
  if (!/^kind: *["']?CustomResourceDefinition/m.test(file.text)) return noFacts;
  const from = { source: "workspace" as const, title: file.path };
  const kinds = documents()
    .filter((document) => !isTemplated(document))
    .flatMap(({ root }) => customKinds(root, from));
  return kinds.length === 0 ? noFacts : { references: [], kinds };
}
