import { objectsOf } from "../../analysis/checkedObjects";
import type { DocumentContext } from "../../analysis/rule";
import { type Application, findApplication, findTemplate, isArgocdKind } from "../../argocd/application";
import { getIn, getValue, type Mapping, type Node, textOf } from "../../yaml/node";

/** An Application of a document, or the template of an ApplicationSet, which becomes some. */
export interface CheckedApplication {
  readonly application: Application;
  /** The ApplicationSet whose template it is. */
  readonly set: Mapping | undefined;
  /** What is missing may come from elsewhere: it is a patch, is patched, or generators bring templates of their own. */
  readonly open: boolean;
}

/** Every Application that a document holds. */
export function* applicationsOf(context: DocumentContext): Iterable<CheckedApplication> {
  for (const { node, partial } of objectsOf(context)) {
    const application = findApplication(node);
    const isOpen = partial || context.deployed === "changed";
    if (application !== undefined) yield { application, set: undefined, open: isOpen };
    const template = findTemplate(node);
    if (template !== undefined) yield { application: template, set: node, open: isOpen || isOverlaid(node) };
  }
}

/** Every object of one of Argo CD's kinds that a document holds. */
export function* argocdObjects(
  context: DocumentContext,
  kind: "AppProject" | "ApplicationSet",
): Iterable<{ readonly node: Mapping; readonly spec: Mapping; readonly open: boolean }> {
  for (const { node, partial } of objectsOf(context)) {
    const spec = getValue(node, "spec");
    if (!isArgocdKind(node, kind) || spec?.kind !== "mapping") continue;
    yield { node, spec, open: partial || context.deployed === "changed" };
  }
}

/** Whether something is laid over the template: a `templatePatch`, or templates of the generators. */
function isOverlaid(set: Mapping): boolean {
  const spec = getValue(set, "spec");
  if (textOf(getValue(spec, "templatePatch"))) return true;
  return hasTemplate(getValue(spec, "generators"));
}

function hasTemplate(generators: Node | undefined): boolean {
  if (generators?.kind !== "sequence") return false;
  return generators.items.some((item) => {
    if (item.kind !== "mapping") return false;
    return item.entries.some(
      ({ value }) => getIn(value, ["template"]) !== undefined || hasTemplate(getValue(value, "generators")),
    );
  });
}

/** The entry of a mapping by its key, for findings about the key. */
export function entryOf(mapping: Node | undefined, key: string): Mapping["entries"][number] | undefined {
  return mapping?.kind === "mapping" ? mapping.entries.findLast((entry) => entry.key.text === key) : undefined;
}

/** The items of a list; none when it is none. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "sequence" ? node.items : [];
}
