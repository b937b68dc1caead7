import { type FoundReference, findReferences } from "../../analysis/nameReference";
import type { BuildContext } from "../../analysis/rule";
import { groupOf } from "../../kubernetes/apiGroup";
import { containersOf, findPodTemplate } from "../../kubernetes/podTemplate";
import type { BuildResult } from "../../kustomize/build";
import type { Resource } from "../../kustomize/resource";
import { originalId } from "../../kustomize/resource";
import { getIn, getValue, type Mapping, type Node, textOf } from "../../yaml/node";
import { references } from "./references";

/**
 * Whether a build is all there is: it is complete, and no other kustomization adds to it. What a base does not have, an overlay or a
 * neighbour may bring; what a helm chart or a remote base brings is not known.
 */
export function isWhole({ snapshot, root, result }: BuildContext): boolean {
  return result.complete && snapshot.graph.includersOf(root).length === 0;
}

const knownReferences = new WeakMap<Mapping, readonly FoundReference[]>();

/** What an object mentions, by the declarations of this domain; found once for each state of the object. */
export function referencesOf(node: Mapping): readonly FoundReference[] {
  let found = knownReferences.get(node);
  if (found === undefined) {
    found = findReferences(node, references);
    knownReferences.set(node, found);
  }
  return found;
}

/** The name that a source writes to mean a rendered object: Kustomize renames both. */
export function sourceName(resource: Resource): string {
  return originalId(resource).name;
}

const knownHints = new WeakMap<Mapping, string>();

/**
 * Whether an object hints at making or using another one at run time: an ExternalSecret and a Certificate say the name of their Secret, an
 * operator has it in its arguments, a Role in its `resourceNames`. What the object calls itself and its parts is no hint, unless it is a
 * custom resource, after which its operator often names what it makes.
 */
export function hintsAt(node: Mapping, name: string): boolean {
  let hints = knownHints.get(node);
  if (hints === undefined) {
    hints = findHints(node).join("\n");
    knownHints.set(node, hints);
  }
  for (let at = hints.indexOf(name); at >= 0; at = hints.indexOf(name, at + 1)) {
    if (!isNameCharacter(hints[at - 1]) && !isNameCharacter(hints[at + name.length])) return true;
  }
  return false;
}

function isNameCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9-]/.test(character);
}

function findHints(node: Mapping): readonly string[] {
  const lines: string[] = [];
  const left = new Set<Node>(referencesOf(node).map((reference) => reference.node));
  const add = (part: Node | undefined): void => {
    if (part !== undefined) collectTexts(part, left, lines);
  };
  add(getIn(node, ["metadata", "annotations"]));
  const template = findPodTemplate(node);
  if (template !== undefined) {
    add(template.annotations);
    for (const { node: container } of containersOf(template.spec)) {
      for (const field of ["args", "command", "env"]) add(getValue(container, field));
    }
    return lines;
  }
  if (isCustom(node)) add(getIn(node, ["metadata", "name"]));
  for (const { key, value } of node.entries) if (!/^(?:apiVersion|kind|metadata)$/.test(key.text)) add(value);
  return lines;
}

/** Whether the kind is one that a CustomResourceDefinition adds. */
export function isCustom(node: Mapping): boolean {
  const group = groupOf(textOf(getValue(node, "apiVersion")) ?? "");
  return group.includes(".") && !/(?:^|\.)k8s\.io$|^(?:apps|route|image|build)\.openshift\.io$/.test(group);
}

/** Custom resources that make no pods, Services or ConfigMaps of their own. */
const harmlessKinds: ReadonlySet<string> = new Set(
  (
    "ServiceMonitor PodMonitor PrometheusRule Probe ScrapeConfig GrafanaDashboard " +
    "ExternalSecret SecretStore ClusterSecretStore PushSecret SealedSecret VaultStaticSecret VaultAuth VaultConnection " +
    "Certificate Issuer ClusterIssuer VirtualService DestinationRule Sidecar PeerAuthentication AuthorizationPolicy " +
    "IngressRoute IngressRouteTCP IngressRouteUDP Middleware TLSOption CiliumNetworkPolicy ScaledObject TriggerAuthentication " +
    "Rollout AnalysisTemplate ClusterAnalysisTemplate AppProject Task Pipeline TriggerBinding TriggerTemplate StepAction"
  ).split(" "),
);

/** Whether a build runs anything itself. */
export function holdsPods({ resources }: BuildResult): boolean {
  return resources.some(({ node }) => findPodTemplate(node) !== undefined);
}

const makers = new WeakMap<BuildResult, boolean>();

/** Whether a build holds anything of which pods, Services or ConfigMaps may be made that it does not show: a chart, an operator's resource. */
export function hasMakers(result: BuildResult): boolean {
  let found = makers.get(result);
  if (found === undefined) {
    found = result.resources.some(
      ({ node, id }) => id.kind === "CustomResourceDefinition" || (isCustom(node) && !harmlessKinds.has(id.kind)),
    );
    makers.set(result, found);
  }
  return found;
}

function collectTexts(node: Node, left: ReadonlySet<Node>, lines: string[]): void {
  if (node.kind === "scalar") {
    if (!left.has(node)) lines.push(node.text);
  } else if (node.kind === "sequence") for (const item of node.items) collectTexts(item, left, lines);
  else for (const { value } of node.entries) collectTexts(value, left, lines);
}
