import { writeString } from "../yaml/scalarStyle";
import { joinPath } from "./filePath";
import { parseRepositoryUrl } from "./remoteUrl";
import type { BuildOrigin, Resource } from "./resource";
import { apiVersionOf } from "./resourceId";

/** The origin of what lies at `path` below `origin` (upstream: `resource.Origin.Append`). */
export function extendOrigin(origin: BuildOrigin, path: string): BuildOrigin {
  const repository = parseRepositoryUrl(path);
  if (repository === undefined) return { ...origin, path: joinRelative(origin.path ?? "", path) };
  const { clone, directory, ref } = repository;
  return { ...origin, repo: clone, ref, path: joinRelative("", directory) };
}

/** The origin of what a built-in plugin made or changed for the kustomization file `fileName` at `origin`. */
export function builtinOrigin(origin: BuildOrigin, fileName: string, kind: string): BuildOrigin {
  return {
    repo: origin.repo,
    ref: origin.ref,
    configuredIn: joinRelative(origin.path ?? "", fileName),
    configuredBy: { apiVersion: "builtin", kind },
  };
}

/** The origin of what a plugin made or changed that has a configuration of its own. */
export function pluginOrigin(config: Resource): BuildOrigin | undefined {
  const origin = config.buildOrigin;
  if (origin === undefined) return undefined;
  const { kind, name, namespace } = config.id;
  return {
    repo: origin.repo,
    ref: origin.ref,
    configuredIn: origin.path,
    configuredBy: { apiVersion: apiVersionOf(config.id), kind, name, namespace },
  };
}

/** Notes that a transformer ran over a resource; for one without an origin, the transformer is its origin. */
export function noteTransformer(resource: Resource, origin: BuildOrigin): Resource {
  if (resource.buildOrigin === undefined) return { ...resource, buildOrigin: origin };
  return { ...resource, transformations: [...resource.transformations, origin] };
}

/** The text of the annotation for one origin. */
export function printOrigin(origin: BuildOrigin): string {
  return lines(origin)
    .map((line) => `${line}\n`)
    .join("");
}

/** The text of the annotation for a list of transformers. */
export function printTransformations(origins: readonly BuildOrigin[]): string {
  return origins
    .map((origin) =>
      lines(origin)
        .map((line, i) => `${i === 0 ? "- " : "  "}${line}\n`)
        .join(""),
    )
    .join("");
}

function lines(origin: BuildOrigin): readonly string[] {
  const by = origin.configuredBy;
  const configuredBy = [
    ["apiVersion", by?.apiVersion],
    ["kind", by?.kind],
    ["name", by?.name],
    ["namespace", by?.namespace],
  ] as const;
  return [
    ...fieldsOf([
      ["path", origin.path],
      ["repo", origin.repo],
      ["ref", origin.ref],
      ["configuredIn", origin.configuredIn],
    ]),
    ...(by === undefined ? [] : ["configuredBy:", ...fieldsOf(configuredBy).map((line) => `  ${line}`)]),
  ];
}

function fieldsOf(pairs: readonly (readonly [string, string | undefined])[]): readonly string[] {
  return pairs.flatMap(([key, value]) =>
    value ? [`${key}: ${writeString(value, { column: 0, indent: 0, simpleKey: true }).text}`] : [],
  );
}

/** Joins as Go's `filepath.Join` does: `..` may lead out of a relative path. */
function joinRelative(base: string, path: string): string {
  const steps: string[] = [];
  for (const step of `${base}/${path}`.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return path.startsWith("/") && base === "" ? joinPath("/", path) : steps.join("/");
}
