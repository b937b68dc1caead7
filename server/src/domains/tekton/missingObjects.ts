import { deployedObjects } from "../../analysis/deployedObjects";
import { knownNames } from "../../analysis/knownNames";
import { type FoundReference, findReferences, mentionerNameOf } from "../../analysis/nameReference";
import { isPlaceholder } from "../../analysis/placeholders";
import { renderedObjects } from "../../analysis/renderedObjects";
import type { Hit, WorkspaceContext } from "../../analysis/rule";
import { findNearName } from "../../kubernetes/nearName";
import { viewTekton } from "../../tekton/tektonObject";
import { getIn, type Mapping, textOf } from "../../yaml/node";
import { calleesOf } from "./callees";
import { isPipelinesAsCode } from "./pipelinesAsCode";
import { tektonReferences } from "./references";
import { unnamedRuns } from "./unnamedRuns";

/** What a rule says of names that name nothing. */
export interface MissingKind {
  /** The kinds that the rule is about. */
  readonly kinds: ReadonlySet<string>;
  /** Names that every cluster has. */
  readonly given?: ReadonlySet<string> | undefined;
  /** What happens without the object, one sentence. */
  readonly effect: string;
}

/**
 * Names in Tekton's objects that name nothing anywhere in the workspace. A name that nearly is that of another object is a warning. Any
 * other may be in the cluster: an information where objects of the kind are deployed together with who names it, and nothing elsewhere.
 */
export function* missingObjects(context: WorkspaceContext, missing: MissingKind): Iterable<Hit> {
  for (const { node, root } of callersIn(context)) {
    for (const reference of referencesOf(node)) {
      const { kind, name } = reference.object;
      if (!missing.kinds.has(kind) || reference.optional === true || isPlaceholder(name)) continue;
      if (missing.given?.has(name) === true || isKnown(context, reference, root)) continue;
      const hit = describe(context, reference, { node, root, effect: missing.effect });
      if (hit !== undefined) yield { ...hit, root };
    }
  }
}

interface CallingObject {
  readonly node: Mapping;
  readonly root?: string | undefined;
}

const callingKinds = [
  ["tekton.dev", "Task"],
  ["tekton.dev", "Pipeline"],
  ["tekton.dev", "TaskRun"],
  ["tekton.dev", "PipelineRun"],
  ["triggers.tekton.dev", "EventListener"],
  ["triggers.tekton.dev", "Trigger"],
  ["triggers.tekton.dev", "TriggerTemplate"],
] as const;

function* callersIn(context: WorkspaceContext): Iterable<CallingObject> {
  for (const [group, kind] of callingKinds) yield* deployedObjects(context, group, kind);
  for (const node of unnamedRuns(context.snapshot)) yield { node };
}

const knownReferences = new WeakMap<Mapping, readonly FoundReference[]>();

function referencesOf(node: Mapping): readonly FoundReference[] {
  let found = knownReferences.get(node);
  if (found === undefined) {
    found = findReferences(node, tektonReferences);
    knownReferences.set(node, found);
  }
  return found;
}

/** Whether anything has the name, or makes an object of that name. */
function isKnown(context: WorkspaceContext, { object }: FoundReference, root: string | undefined): boolean {
  const { group, kind, name, namespace } = object;
  if (knownNames(context, group, kind).has(name, namespace)) return true;
  if (kind === "Secret" && makesSecret(context, name)) return true;
  const beside = context.builds.find((build) => build.root === root)?.result;
  // What Kustomize does not follow when it renames an object is told by the rule about that.
  return (
    beside !== undefined &&
    renderedObjects(beside)
      .ofKind(group, kind)
      .some(({ previousIds }) => previousIds.some((former) => former.name === name))
  );
}

function makesSecret(context: WorkspaceContext, name: string): boolean {
  if (knownNames(context, "bitnami.com", "SealedSecret").has(name)) return true;
  const external = "external-secrets.io";
  if (knownNames(context, external, "ExternalSecret").has(name)) return true;
  return deployedObjects(context, external, "ExternalSecret").some(
    ({ node }) => textOf(getIn(node, ["spec", "target", "name"])) === name,
  );
}

function describe(
  context: WorkspaceContext,
  { object, place, from }: FoundReference,
  { node, root, effect }: CallingObject & { readonly effect: string },
): Hit | undefined {
  const { group, kind, name, namespace } = object;
  const near = findNearName(name, knownNames(context, group, kind).namesIn(namespace));
  if (near !== undefined) {
    const message = `There is no ${kind} \`${name}\`. ${effect}`;
    return { place, message, help: `Did you mean \`${near}\`?`, severity: "warning", data: { suggestion: near } };
  }
  if (isPipelinesAsCode(place.file.path) || !isManaged(context, { node, root }, from.namespace, object))
    return undefined;
  const message = `There is no ${kind} \`${name}\` in the workspace. ${effect}`;
  const help = "Add it, or correct the name. If it is in the cluster already, all is well.";
  return { place, message, help, severity: "information" };
}

/** Whether objects of the kind are deployed together with who names one, so that this one could be expected there. */
function isManaged(
  context: WorkspaceContext,
  { node, root }: CallingObject,
  namespace: string | undefined,
  { group, kind }: FoundReference["object"],
): boolean {
  if (root !== undefined) {
    const beside = context.builds.find((build) => build.root === root)?.result;
    return beside?.complete === true && renderedObjects(beside).ofKind(group, kind).length > 0;
  }
  // A run that no kustomization lists belongs to those of what it runs.
  const run = viewTekton(node)?.run;
  const object = mentionerNameOf(node);
  if (run === undefined || object === undefined || kind === "Task" || kind === "Pipeline") return false;
  const called = calleesOf(run.pipelineRef ?? run.taskRef, run.pipelineRef === undefined ? "Task" : "Pipeline", {
    context,
    object,
  });
  const around = namespace ?? called[0]?.object?.namespace;
  return called.length > 0 && knownNames(context, group, kind).namesIn(around).length > 0;
}
