import { BuildFailure } from "./failure";
import { pairsField } from "./fields";
import type { Kustomization } from "./kustomizationFile";
import type { Run } from "./layer";
import { loadFile, type Root } from "./loadFile";
import { builtinSchema } from "./merge/mergeSchema";
import type { Beside } from "./merge/openApiSchema";
import type { Problem } from "./problem";
import type { Reading } from "./reading";
import type { SchemaUse } from "./schemaUse";

/** The versions that Kustomize 5.8.1 has inside. */
const builtinVersions: ReadonlySet<string> = new Set(["v1.21.2"]);

/**
 * Takes the schema that a kustomization names with `openapi`. The first one of a build counts for everything after it; that
 * of the root comes first of all (upstream: `openapi.SetSchema`).
 *
 * @throws BuildFailure when the field is wrong or the schema cannot be had.
 */
export function useSchema(run: Run, reading: Reading, root: Root, kustomization: Kustomization): void {
  const openapi = pairsField(kustomization.fields.node, "openapi");
  const path = openapi.get("path");
  const version = openapi.get("version");
  if (path === undefined && version === undefined) return;
  const file = path === undefined ? undefined : loadFile(reading, root, path.text, path.origin.place);
  if (run.schemaIsSet) return;
  if (file !== undefined && path !== undefined) {
    if (version !== undefined) throw failure(version.origin.place, twoSchemas);
    run.schema = run.documents.schemaOf(file, path.origin.place, builtinBeside(run.schemaUse));
    run.schemaIsSet = true;
  } else if (version !== undefined && version.text !== "") {
    if (!builtinVersions.has(version.text)) throw failure(version.origin.place, unknownVersion);
    run.schema = builtinSchema();
    run.schemaIsSet = true;
  }
}

/**
 * Upstream loads its own schema when a patch is merged; a schema that a later kustomization names goes over it. Where it was
 * only asked for a kind that it does not know by heart, it comes after that schema, and goes over it itself.
 */
function builtinBeside({ isAsked, isRead }: SchemaUse): Beside {
  if (isRead) return "behind";
  return isAsked ? "before" : "absent";
}

type Words = Pick<Problem, "code" | "message" | "help" | "detail">;

const twoSchemas: Words = {
  code: "kustomization/openapi-twice",
  message: "`openapi` has either a `path` or a `version`, not both.",
  help: "Remove one of the two.",
  detail: "builtin version and custom schema provided, cannot use both",
};

const unknownVersion: Words = {
  code: "kustomization/openapi-version",
  message: `Kustomize has only the schema of Kubernetes ${[...builtinVersions].join(", ")} inside.`,
  help: "Name that version, or give a schema of your own under `path`.",
  detail: "the specified OpenAPI version is not built in",
};

function failure(place: BuildFailure["problem"]["place"], words: Words): BuildFailure {
  return new BuildFailure({ severity: "error", place, ...words });
}
