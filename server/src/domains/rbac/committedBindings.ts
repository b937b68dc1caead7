import { comparedObjects } from "../../analysis/committedObjects";
import type { WorkspaceContext } from "../../analysis/rule";
import { type RoleRef, rbacGroup, roleRefOf } from "../../kubernetes/bindings";
import { getIn, type Node, textOf } from "../../yaml/node";
import { bindingKinds } from "./objects";

/** A binding as a file writes it, with a role. */
export interface WrittenBinding {
  readonly node: Node;
  readonly name: string;
  readonly roleRef: RoleRef;
}

/** A binding, and the one that git has of the same name in the same file. */
export interface ComparedBinding {
  readonly now: WrittenBinding;
  /** More than one where git has several of that name. */
  readonly before: readonly WrittenBinding[];
}

/** The bindings that git has too, in files whose text differs from git's. */
export function* comparedBindings(context: WorkspaceContext): Iterable<ComparedBinding> {
  for (const { now, before } of comparedObjects(context, rbacGroup, bindingKinds)) {
    const binding = viewBinding(now);
    const same = before.flatMap((each) => viewBinding(each) ?? []);
    if (binding !== undefined && same.length > 0) yield { now: binding, before: same };
  }
}

function viewBinding(node: Node): WrittenBinding | undefined {
  const name = textOf(getIn(node, ["metadata", "name"]));
  const roleRef = roleRefOf(node);
  return name === undefined || roleRef === undefined ? undefined : { node, name, roleRef };
}
