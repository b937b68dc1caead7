import { emitFailures } from "../yaml/emit";
import type { Mapping } from "../yaml/node";
import { buildLayer } from "./accumulate";
import { failureOf } from "./bounds";
import { BuildFailure } from "./failure";
import { textItems } from "./fields";
import { distinct, type Finish, inOrder, withMetadata, withoutLocal } from "./finish";
import type { IdleStep } from "./idleStep";
import { type Kustomization, startOf } from "./kustomizationFile";
import { follows, type Run } from "./layer";
import type { LayerResult } from "./layerCache";
import type { Root } from "./loadFile";
import { fixNameReferences } from "./nameReference";
import { useSchema } from "./openapi";
import type { Problem } from "./problem";
import type { Reading } from "./reading";
import { resolveVariables } from "./resolveVariables";
import type { Resource } from "./resource";
import { identityProblem } from "./resourceFile";
import { ResourceSet } from "./resourceSet";
import { hashTransformer } from "./transformers/hash";

/** What is printed, and what is wrong. */
export interface Rendered {
  readonly resources: readonly Resource[];
  readonly problems: readonly Problem[];
  readonly idle: readonly IdleStep[];
}

/**
 * Builds the kustomization that the whole build is about, and does what upstream does only there: hashes, references to
 * renamed objects, vars, local objects, order and `buildMetadata` (`KustTarget.makeCustomizedResMap`, `Kustomizer.Run`).
 */
export function buildRoot(run: Run, reading: Reading, path: string): Rendered {
  const problems: Problem[] = [];
  const idle: IdleStep[] = [];
  const attempt = <T>(step: () => T): T | undefined => {
    try {
      return step();
    } catch (error) {
      const failure = failureOf(error, startOf({ path, restricted: true }));
      if (failure === undefined) throw error;
      if (failure.problem.code !== "kustomization/pending-file") problems.push(failure.problem);
      return undefined;
    }
  };
  const resources = attempt(() => {
    const root = openRoot(run, reading, path);
    const { edit } = run.options;
    const kustomization =
      edit === undefined
        ? run.kustomizations.read(reading, root, undefined)
        : run.kustomizations.readEdited(reading, root, edit);
    attempt(() => useSchema(run, reading, root, kustomization));
    const origin = textItems(kustomization.fields.node, "buildMetadata").length > 0 ? {} : undefined;
    const result = buildLayer({ run, reading, origin, helmNamespace: "" }, root, kustomization);
    problems.push(...result.problems);
    idle.push(...result.idle);
    const lenient: Attempt = (step) => attempt(() => (result.partial ? withoutConsequences(step) : step()));
    return finished(run, result, kustomization, lenient);
  });
  const printable = resources ?? [];
  problems.push(...printProblems(printable));
  return { resources: printable, problems: withoutRepeats(problems), idle };
}

function openRoot(run: Run, reading: Reading, path: string): Root {
  const found = reading.lookUp(path);
  const { loadRestrictions } = run.options;
  const root: Root = {
    path: found.kind === "directory" ? found.realPath : path,
    restricted: loadRestrictions !== "none",
    within: typeof loadRestrictions === "object" ? loadRestrictions.within : undefined,
  };
  if (found.kind === "directory") return root;
  throw new BuildFailure({
    code: found.kind === "pending" ? "kustomization/pending-file" : "kustomization/not-a-directory",
    severity: "error",
    place: startOf(root),
    message: found.kind === "unreadable" ? found.reason : `There is no directory \`${path}\`.`,
    help: "Name a directory that holds a kustomization.",
    detail: "must build at directory",
  });
}

type Attempt = <T>(step: () => T) => T | undefined;

function finished(
  run: Run,
  result: LayerResult,
  { fields, file }: Kustomization,
  attempt: Attempt,
): readonly Resource[] {
  const { schema, references } = run;
  const memo = references === undefined ? undefined : { of: references, root: file.path };
  const place = { file, start: 0, end: 0 };
  const finish: Finish = { fields, options: run.options, place };
  const steps: ((resources: readonly Resource[]) => readonly Resource[])[] = [
    (resources) => {
      const set = new ResourceSet(resources);
      hashTransformer(schema, { transformer: "generatorOptions", place, path: "" }).apply(set);
      return set.resources;
    },
    (resources) => fixNameReferences(resources, result.config, schema, memo),
    (resources) => resolveVariables(resources, sortedByName(result.variables), result.config, schema),
    (resources) => resources.filter(({ node }) => attempt(() => demandIdentity(node)) === true),
    withoutLocal,
    (resources) => {
      const { kept, problems } = distinct(resources, place);
      for (const problem of problems) attempt(() => fail(problem));
      return kept;
    },
    (resources) => inOrder(resources, finish),
    (resources) => withMetadata(resources, finish),
  ];
  return steps.reduce((resources, step) => attempt(() => step(resources)) ?? resources, result.resources);
}

/** A transformer may have taken the kind or the name of an object away. */
function demandIdentity(node: Mapping): true {
  const problem = identityProblem(node);
  if (problem !== undefined) throw new BuildFailure(problem);
  return true;
}

/** When something could not be loaded, what later steps miss is no news: the step is left out without a word. */
function withoutConsequences<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof BuildFailure && follows(error.problem)) return undefined;
    throw error;
  }
}

function fail(problem: Problem): never {
  throw new BuildFailure(problem);
}

function sortedByName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Some values can be built but not printed: the real build fails on them at its very end. */
function printProblems(resources: readonly Resource[]): readonly Problem[] {
  const failures = emitFailures(resources.map(({ node }): Mapping => node));
  return failures.map(({ code, place, message, help, detail }) => ({
    code,
    severity: "error",
    place,
    message,
    help,
    detail,
  }));
}

/** A base that is used twice has its problems once. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map<Problem["place"]["file"], Set<string>>();
  return problems.filter(({ place, code, message }) => {
    const known = seen.get(place.file) ?? new Set<string>();
    seen.set(place.file, known);
    const key = `${code}\n${place.start}\n${place.end}\n${message}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
