import { isObject } from "../../analysis/manifests";
import { objectNameOf, placeOfText } from "../../analysis/nameReference";
import { objectsWithin } from "../../analysis/objectsWithin";
import { containersOf, findPodTemplate, itemsOf, type PodTemplate } from "../../kubernetes/podTemplate";
import type { Definition, Mention, ObjectName, Symbols } from "../../workspace/symbols";
import type { SourceDocument } from "../../yaml/document";
import { getIn, getValue, type Mapping, type Node, type Scalar, textOf } from "../../yaml/node";

/** A part of an object that something mentions, with the scalar that does. */
export type PartMention = Mention & { readonly node: Scalar };

/** What the objects of a document call parts of themselves and of others: keys, ports, volumes. */
export function findParts(document: SourceDocument): Symbols {
  if (document.root === undefined || document.problems.length > 0 || !isObject(document)) return noParts;
  const found = objectsWithin(document.root).flatMap((node) => (node.kind === "mapping" ? [partsOf(node)] : []));
  return {
    definitions: found.flatMap(({ definitions }) => definitions),
    mentions: found.flatMap(({ mentions }) => mentions.map(({ node: _, ...mention }) => mention)),
  };
}

const noParts: Symbols = { definitions: [], mentions: [] };

interface Parts {
  readonly definitions: readonly Definition[];
  readonly mentions: readonly PartMention[];
}

const known = new WeakMap<Mapping, Parts>();

/** The parts that one object has, and those that it mentions; of a manifest as written as well as of a rendered object. */
export function partsOf(root: Mapping): Parts {
  let parts = known.get(root);
  if (parts === undefined) {
    const object = objectNameOf(root);
    parts = object === undefined ? { definitions: [], mentions: [] } : collect(root, object);
    known.set(root, parts);
  }
  return parts;
}

function collect(root: Mapping, object: ObjectName): Parts {
  const definitions: Definition[] = [];
  const mentions: PartMention[] = [];
  const define = (type: string, name: Node | undefined): void => {
    const text = textOf(name);
    if (name?.kind === "scalar" && text)
      definitions.push({ object, part: { type, name: text }, place: placeOfText(name) });
  };
  const mention: Mentioner = (to, type, node, path, optional) => {
    if (node?.kind !== "scalar" || node.tag === "null" || node.text === "") return;
    const part = { type, name: node.text };
    const place = placeOfText(node);
    mentions.push({ object: to, part, from: object, path, place, node, ...(optional && { optional }) });
  };
  for (const key of keysOf(root, object)) define("key", key);
  if (object.group === "" && object.kind === "Service") {
    for (const port of itemsOf(getIn(root, ["spec", "ports"]))) define("port", getValue(port, "name"));
  }
  const template = findPodTemplate(root);
  if (template !== undefined) {
    definePodParts(root, template, define);
    mentionPodParts(template, object, mention);
  }
  mentionServicePorts(root, object, mention);
  return { definitions, mentions };
}

type Mentioner = (to: ObjectName, type: string, node: Node | undefined, path: string, optional?: true) => void;

/** The keys of a ConfigMap or Secret. */
function keysOf(root: Mapping, { group, kind }: ObjectName): readonly Scalar[] {
  if (group !== "" || (kind !== "ConfigMap" && kind !== "Secret")) return [];
  return ["data", "stringData", "binaryData"].flatMap((field) => {
    const data = getValue(root, field);
    return data?.kind === "mapping" ? data.entries.map(({ key }) => key) : [];
  });
}

function definePodParts(root: Mapping, { spec }: PodTemplate, define: (type: string, name: Node | undefined) => void) {
  for (const { node } of containersOf(spec)) {
    define("container", getValue(node, "name"));
    for (const port of itemsOf(getValue(node, "ports"))) define("port", getValue(port, "name"));
  }
  for (const volume of itemsOf(getValue(spec, "volumes"))) define("volume", getValue(volume, "name"));
  for (const claim of itemsOf(getIn(root, ["spec", "volumeClaimTemplates"]))) {
    define("volume", getIn(claim, ["metadata", "name"]));
  }
}

const probes = ["livenessProbe", "readinessProbe", "startupProbe"];
const hooks = [
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

function mentionPodParts({ spec, path }: PodTemplate, object: ObjectName, mention: Mentioner): void {
  const pointer = `/${path.join("/")}`;
  for (const { node, list, index } of containersOf(spec)) {
    const at = `${pointer}/${list}/${index}`;
    for (const [i, mount] of itemsOf(getValue(node, "volumeMounts")).entries()) {
      mention(object, "volume", getValue(mount, "name"), `${at}/volumeMounts/${i}/name`);
    }
    for (const probe of [...probes.map((name) => [name]), ...hooks]) {
      for (const how of ["httpGet", "tcpSocket"]) {
        const port = getIn(node, [...probe, how, "port"]);
        if (isName(port)) mention(object, "port", port, `${at}/${probe.join("/")}/${how}/port`);
      }
    }
    for (const [i, variable] of itemsOf(getValue(node, "env")).entries()) {
      for (const [field, kind] of keyReferences) {
        const reference = getIn(variable, ["valueFrom", field]);
        mentionKey(reference, kind, object, (to, key, optional) =>
          mention(to, "key", key, `${at}/env/${i}/valueFrom/${field}/key`, optional),
        );
      }
    }
  }
  for (const [i, volume] of itemsOf(getValue(spec, "volumes")).entries()) {
    const at = `${pointer}/volumes/${i}`;
    mentionItems(volume, at, object, mention);
    for (const [j, source] of itemsOf(getIn(volume, ["projected", "sources"])).entries()) {
      mentionItems(source, `${at}/projected/sources/${j}`, object, mention);
    }
  }
}

const keyReferences = [
  ["configMapKeyRef", "ConfigMap"],
  ["secretKeyRef", "Secret"],
] as const;

/** The keys that a volume takes one by one. */
function mentionItems(source: Node, at: string, object: ObjectName, mention: Mentioner): void {
  for (const [field, kind] of [
    ["configMap", "ConfigMap"],
    ["secret", "Secret"],
  ] as const) {
    const reference = getValue(source, field);
    const optional = textOf(getValue(reference, "optional")) === "true" ? true : undefined;
    const name = textOf(getValue(reference, "secretName")) ?? textOf(getValue(reference, "name"));
    if (name === undefined) continue;
    const to = { group: "", kind, name, namespace: object.namespace };
    for (const [i, item] of itemsOf(getValue(reference, "items")).entries()) {
      mention(to, "key", getValue(item, "key"), `${at}/${field}/items/${i}/key`, optional);
    }
  }
}

function mentionKey(
  reference: Node | undefined,
  kind: string,
  { namespace }: ObjectName,
  mention: (to: ObjectName, key: Node | undefined, optional: true | undefined) => void,
): void {
  const name = textOf(getValue(reference, "name"));
  const optional = textOf(getValue(reference, "optional")) === "true" ? true : undefined;
  if (name) mention({ group: "", kind, name, namespace }, getValue(reference, "key"), optional);
}

/** Ports of Services by name: in the backends of an Ingress, and in a Route. */
function mentionServicePorts(root: Mapping, object: ObjectName, mention: Mentioner): void {
  const { group, kind, namespace } = object;
  const service = (name: Node | undefined): ObjectName => ({
    group: "",
    kind: "Service",
    name: textOf(name) ?? "",
    namespace,
  });
  if (kind === "Ingress" && group === "networking.k8s.io") {
    for (const { backend, at } of ingressBackends(root)) {
      const to = service(getIn(backend, ["service", "name"]));
      mention(to, "port", getIn(backend, ["service", "port", "name"]), `${at}/service/port/name`);
    }
  } else if (kind === "Route" && group === "route.openshift.io") {
    const port = getIn(root, ["spec", "port", "targetPort"]);
    if (isName(port)) mention(service(getIn(root, ["spec", "to", "name"])), "port", port, "/spec/port/targetPort");
  }
}

/** The backends of an Ingress with their JSON pointers. */
export function* ingressBackends(root: Mapping): Iterable<{ readonly backend: Node; readonly at: string }> {
  const fallback = getIn(root, ["spec", "defaultBackend"]);
  if (fallback !== undefined) yield { backend: fallback, at: "/spec/defaultBackend" };
  for (const [i, rule] of itemsOf(getIn(root, ["spec", "rules"])).entries()) {
    for (const [j, path] of itemsOf(getIn(rule, ["http", "paths"])).entries()) {
      const backend = getValue(path, "backend");
      if (backend !== undefined) yield { backend, at: `/spec/rules/${i}/http/paths/${j}/backend` };
    }
  }
}

/** Whether a port is said by name: numbers need no declaration. */
function isName(port: Node | undefined): boolean {
  return port?.kind === "scalar" && port.tag === "str" && !/^\d+$/.test(port.text);
}
