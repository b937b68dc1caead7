import { containerNames, names } from "./names";
import { data, type Known, odd, pairs } from "./objects";
import { container, port, variable } from "./podSpec";
import type { Random } from "./random";
import { type Fields, type Value, withComments, writeDocument } from "./yamlText";

/** Something that writes a file of the layer and gives the path to name it by. */
export type AddFile = (stem: string, content: string) => string;

/** An item of `patches`: strategic merge or JSON 6902, inline or in a file, with and without a target. */
export function patchItem(known: readonly Known[], addFile: AddFile, random: Random): Fields {
  const object = random.pick(known);
  const isJson = random.chance(0.45);
  const text = isJson ? jsonPatch(object, random) : mergePatch(object, random);
  const target = isJson || random.chance(0.25) ? targetOf(object, random) : undefined;
  const options = random.chance(0.08) ? { allowNameChange: true, allowKindChange: random.chance(0.5) } : undefined;
  const where: Fields = random.chance(0.6) ? { patch: text } : { path: addFile("patch", text) };
  return { ...where, target, options };
}

/** A strategic merge patch for an object, as text of one or several documents. */
export function mergePatch(object: Known, random: Random): string {
  const { apiVersion, kind, name, namespace } = object;
  const head: Fields = {
    apiVersion,
    kind: random.chance(0.995) ? kind : "Other",
    metadata: {
      name: random.chance(0.99) ? name : "renamed",
      namespace,
      annotations: random.chance(0.2) ? pairs(random) : undefined,
    },
  };
  const text = withComments(writeDocument({ ...head, ...mergeBody(object, random) }, random), random);
  return random.chance(0.05) ? `---\n${text}` : text;
}

function mergeBody(object: Known, random: Random): Fields {
  if (random.chance(0.06)) return { $patch: random.pick(["delete", "replace", "merge"]) };
  if (object.shape === "pods")
    return {
      spec: {
        replicas: random.pick([3, undefined]),
        template: { metadata: random.chance(0.3) ? { labels: pairs(random) } : undefined, spec: podPatch(random) },
      },
    };
  if (object.shape === "data")
    return { data: random.chance(0.9) ? { ...data(random), gone: random.chance(0.3) ? null : undefined } : null };
  if (object.shape === "service")
    return {
      spec: {
        ports: random.list(1, 2, (index) => ({
          port: 80 + index,
          protocol: random.pick(["TCP", "UDP", undefined]),
          name: random.pick(["p0", "new", undefined]),
        })),
        selector: random.chance(0.4) ? { app: random.pick(names), old: null } : undefined,
      },
    };
  return {
    spec: {
      text: odd(random),
      list: random.list(0, 2, () => odd(random)),
      nested: random.chance(0.3) ? null : { items: [{ name: "i", more: odd(random) }] },
    },
  };
}

function podPatch(random: Random): Fields {
  const containers = random.list(1, 2, () => {
    const name = random.pick([...containerNames, "new"]);
    if (random.chance(0.1)) return { name, $patch: "delete" };
    if (random.chance(0.3)) return container(name, random);
    return {
      name,
      env: random.chance(0.5)
        ? random.list(1, 2, (index) =>
            random.chance(0.2) ? { name: `E${index}`, $patch: "delete" } : variable(index + 1, random),
          )
        : undefined,
      ports: random.chance(0.4) ? random.list(1, 2, (index) => port(index + random.int(2), random)) : undefined,
      args: random.chance(0.3) ? ["patched"] : undefined,
      command: random.chance(0.1) ? null : undefined,
      volumeMounts: random.chance(0.2) ? [{ name: "v1", mountPath: random.pick(["/v0", "/v1"]) }] : undefined,
    };
  });
  const replaced: readonly Value[] = random.chance(0.05) ? [{ $patch: "replace" }, ...containers] : containers;
  return {
    containers: random.chance(0.9) ? replaced : undefined,
    volumes: random.chance(0.3)
      ? [{ name: random.pick(["v0", "v9"]), emptyDir: random.pick<Value>([{ medium: "Memory" }, null]) }]
      : undefined,
    nodeSelector: random.pick<Value | undefined>([null, undefined, { disk: "hdd", extra: "x" }]),
    tolerations: random.chance(0.1) ? [{ key: "b", operator: "Exists" }] : undefined,
  };
}

/** A JSON 6902 patch, mostly with paths that are there, as YAML or as JSON. */
export function jsonPatch(object: Known, random: Random): string {
  const operations = random.list(1, 3, () => operation(object, random));
  return random.chance(0.3)
    ? `${JSON.stringify(operations.map(withoutRaw), null, random.pick([0, 2]))}\n`
    : writeDocument(operations, random);
}

function operation(object: Known, random: Random): Fields {
  const value = random.chance(0.6) ? odd(random) : random.pick<Value>([{ a: "1", b: [1, 2] }, ["x", "y"], 5, true]);
  const path = random.pick(pathsOf(object));
  const risky: readonly Fields[] = [
    { op: "remove", path },
    { op: "move", from: path, path: "/metadata/moved" },
    { op: "add", path: "/spec/list/0", value },
    { op: "replace", path: "/spec/template/spec/containers/1/image", value: "x" },
    { op: "add", path: "/spec/template/spec/containers/-", value: { name: "added", image: "x" } },
    { op: "test", path: "/kind", value: object.kind },
  ];
  return random.pick<Fields>([
    { op: "add", path, value },
    { op: "add", path, value },
    { op: "replace", path, value },
    { op: "replace", path, value },
    { op: "copy", from: "/metadata/name", path },
    { op: "add", path: "/metadata/annotations", value: { "a/b": "x", "c~d": "y" } },
    random.chance(0.2)
      ? { op: "replace", path: "/metadata/name", value: random.pick(names) }
      : { op: "add", path, value },
    random.chance(0.3) ? random.pick(risky) : { op: "test", path: "/kind", value: object.kind },
  ]);
}

function pathsOf({ shape }: Known): readonly string[] {
  if (shape === "data") return ["/data", "/immutable", "/a~1b", "/new"];
  if (shape === "pods")
    return [
      "/spec/replicas",
      "/spec/template/spec/containers/0/image",
      "/spec/template/spec/containers/0/args",
      "/spec/template/spec/volumes",
      "/spec/paused",
    ];
  if (shape === "service") return ["/spec/type", "/spec/ports", "/spec/selector", "/spec/new"];
  return ["/spec", "/new", "/metadata/labels"];
}

/** JSON knows none of YAML's ways to write a scalar. */
function withoutRaw(fields: Fields): unknown {
  return JSON.parse(
    JSON.stringify(fields, (_key, value) =>
      typeof value === "object" && value !== null && "text" in value && Object.keys(value).length === 1
        ? value.text
        : value,
    ),
  );
}

/** A selector that often, but not always, finds the object. */
export function targetOf(object: Known, random: Random): Fields {
  const [group, version] = object.apiVersion.includes("/") ? object.apiVersion.split("/") : ["", object.apiVersion];
  return {
    group: random.chance(0.3) && group !== "" ? group : undefined,
    version: random.chance(0.2) ? version : undefined,
    kind: random.chance(0.8) ? random.pick([object.kind, object.kind, ".*", "Deploy.*|Service"]) : undefined,
    name: random.chance(0.6) ? random.pick([object.name, object.name, ".*", "[a-z]", "we.", "w(e|x)b"]) : undefined,
    namespace: random.chance(0.1) ? random.pick(["ns1", "ns.*"]) : undefined,
    labelSelector: random.chance(0.1)
      ? random.pick(["app=web", "app in (web, db)", "!x", "tier", "app!=web"])
      : undefined,
    annotationSelector: random.chance(0.05) ? "a/b=x" : undefined,
  };
}
