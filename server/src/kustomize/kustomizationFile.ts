import { kustomizationFileNames } from "../kubernetes/kustomizationFileNames";
import type { SourceDocument } from "../yaml/document";
import type { Entry, Mapping, Node, Scalar } from "../yaml/node";
import { asYaml11 } from "../yaml/scalar";
import type { Place, SourceFile } from "../yaml/source";
import { decode } from "./decode";
import type { Documents } from "./documents";
import { BuildFailure } from "./failure";
import { type Field, mappingItems, scalarItems, textField } from "./fields";
import { baseName, joinPath } from "./filePath";
import { kustomizationShape } from "./kustomizationShape";
import { isLoaded, type LoadProblem, loadFailure, type Root, tryFile } from "./loadFile";
import type { Problem } from "./problem";
import type { Reading } from "./reading";

/** A kustomization file that was read and checked. */
export interface Kustomization {
  readonly file: SourceFile;
  /** `kustomization.yaml`, or one of the other two names. */
  readonly fileName: string;
  /** The decoded fields; the place of everything in `file` is kept. */
  readonly fields: Field<Mapping>;
  readonly isComponent: boolean;
  /** `resources`, then those of the deprecated `bases`. */
  readonly resources: readonly Field<Scalar>[];
  /** `images`, then those of the deprecated `imageTags`. */
  readonly images: readonly Field<Mapping>[];
  /** What is wrong with the text, and warnings about deprecated fields. */
  readonly problems: readonly Problem[];
}

/** Finds and reads kustomizations; as long as a text is the same, so is what it was read as. */
export class KustomizationFiles {
  readonly #known = new WeakMap<SourceFile, Kustomization>();

  constructor(private readonly documents: Documents) {}

  /**
   * Reads the kustomization of a directory.
   * @throws BuildFailure when there is none or several (at `place`, where the directory is named), or when it is empty.
   */
  read(reading: Reading, root: Root, place: Place | undefined): Kustomization {
    const { file, fileName } = findKustomization(reading, root, place);
    let kustomization = this.#known.get(file);
    if (kustomization === undefined) {
      kustomization = interpret(file, fileName, this.documents);
      this.#known.set(file, kustomization);
    }
    return kustomization;
  }

  /** The same with a change to what the file says; nothing of it is remembered. */
  readEdited(reading: Reading, root: Root, edit: Edit): Kustomization {
    const { file, fileName } = findKustomization(reading, root, undefined);
    return interpret(file, fileName, this.documents, edit);
  }
}

type Edit = (kustomization: Mapping) => Mapping;

function interpret(file: SourceFile, fileName: string, documents: Documents, edit?: Edit): Kustomization {
  const { value, kind, errors, warnings } = parse(file, documents, edit);
  const fields: Field<Mapping> = { node: value, path: "" };
  if (errors.length === 0 && isEmpty(value)) throw new BuildFailure(emptyProblem(file));
  return {
    file,
    fileName,
    fields,
    isComponent: kind === "Component",
    resources: [...scalarItems(fields, "resources"), ...scalarItems(fields, "bases")],
    images: [...mappingItems(fields, "images"), ...mappingItems(fields, "imageTags")],
    problems: [...errors, ...warnings],
  };
}

/** A place for what is wrong with a directory as a whole: the start of the kustomization that it lacks or has. */
export function startOf(root: Root, file?: SourceFile): Place {
  const where = file ?? { path: joinPath(root.path, kustomizationFileNames[0]), text: "" };
  return { file: where, start: 0, end: 0 };
}

function findKustomization(reading: Reading, root: Root, place: Place | undefined) {
  const found: { file: SourceFile; fileName: string }[] = [];
  const unusable: { problem: LoadProblem; fileName: string }[] = [];
  for (const fileName of kustomizationFileNames) {
    const outcome = tryFile(reading, root, fileName);
    if (isLoaded(outcome)) found.push({ file: outcome, fileName });
    else if (outcome.kind !== "missing") unusable.push({ problem: outcome, fileName });
  }
  const [first, second] = found;
  if (second !== undefined && first !== undefined)
    throw new BuildFailure(severalProblem(root, first.file, second.file));
  if (first !== undefined) return first;
  const [blocked] = unusable;
  if (blocked !== undefined) throw loadFailure(blocked.problem, root, blocked.fileName, place ?? startOf(root));
  throw new BuildFailure({
    code: "kustomization/missing-kustomization",
    severity: "error",
    place: place ?? startOf(root),
    message: `The directory \`${nameOf(root, place)}\` holds no kustomization.`,
    help: "Create a `kustomization.yaml` in it, or name another directory.",
    detail: `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${root.path}'`,
    data: { directory: root.path },
  });
}

/** How a message names a directory: as the entry that asks for it does, and never where it lies on this machine. */
function nameOf(root: Root, place: Place | undefined): string {
  const written = place?.file.text.slice(place.start, place.end).replace(/^(["'])(.*)\1$/, "$2") ?? "";
  return written === "" || written.includes("\n") ? baseName(root.path) : written;
}

function severalProblem(root: Root, first: SourceFile, second: SourceFile): Problem {
  return {
    code: "kustomization/several-kustomizations",
    severity: "error",
    place: { file: first, start: 0, end: 0 },
    message: `The directory \`${baseName(root.path)}\` holds more than one kustomization file.`,
    help: "Keep one of them.",
    detail: `Found multiple kustomization files under: ${root.path}`,
    related: [{ place: { file: second, start: 0, end: 0 }, message: "Another one is here." }],
  };
}

interface Parsed {
  readonly value: Mapping;
  readonly kind: string;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Upstream reads the first YAML document and nothing behind it. */
function parse(file: SourceFile, documents: Documents, edit?: Edit): Parsed {
  const all = documents.of(file);
  const first = all.find((document) => document.root !== undefined || document.problems.length > 0);
  const broken = first?.problems.map(
    (problem): Problem => ({
      code: problem.code,
      severity: "error",
      place: { file, start: problem.start, end: problem.end },
      message: problem.message,
      help: problem.help,
      detail: `invalid Kustomization: yaml: ${problem.detail ?? problem.message}`,
    }),
  );
  const judged = judge(file, edited(first, edit));
  return { ...judged, errors: [...(broken ?? []), ...judged.errors] };
}

function edited(document: SourceDocument | undefined, edit: Edit | undefined): Judged | undefined {
  if (edit === undefined || document?.root?.kind !== "mapping") return document;
  return { root: edit(document.root), problems: document.problems };
}

type Judged = Pick<SourceDocument, "root" | "problems">;

/**
 * What the text of a kustomization says against it, before anything is built: unknown fields, wrong types, a kind or version
 * that does not fit, deprecated fields. A Component that nothing includes is never built, and is judged by this alone.
 */
export function findFieldProblems(document: SourceDocument): readonly Problem[] {
  const { errors, warnings } = judge(document.file, document);
  return [...errors, ...warnings];
}

function judge(file: SourceFile, document: Judged | undefined): Parsed {
  const root = document?.root === undefined ? undefined : asYaml11(document.root);
  const { value, problems } = decode(root ?? absent(file), kustomizationShape, {
    unknownFields: "error",
    what: "kustomization",
  });
  // Behind the first broken line fields are misread; only what stands before it can be judged.
  const limit = Math.min(...(document?.problems ?? []).map(({ start }) => start));
  const readable = problems.filter(({ place }) => place.end < limit);
  const kind = textField(value, "kind") || "Kustomization";
  return { value, kind, errors: [...readable, ...kindProblems(value, kind, file)], warnings: deprecations(value) };
}

function absent(file: SourceFile): Node {
  const origin = { place: { file, start: 0, end: 0 } };
  return { kind: "scalar", text: "", tag: "null", style: "plain", origin };
}

/** A file with nothing but `kind`, `apiVersion` and empty strings in it. An empty list or mapping is something. */
function isEmpty(value: Mapping): boolean {
  return value.entries.every(
    ({ key, value: field }) =>
      key.text === "kind" ||
      key.text === "apiVersion" ||
      (field.kind === "scalar" && field.text === "") ||
      (["bases", "imageTags", "helmChartInflationGenerator"].includes(key.text) &&
        field.kind === "sequence" &&
        field.items.length === 0),
  );
}

function emptyProblem(file: SourceFile): Problem {
  return {
    code: "kustomization/empty",
    severity: "error",
    place: { file, start: 0, end: 0 },
    message: "This kustomization is empty.",
    help: "Name at least one thing to build, for example under `resources`.",
    detail: "kustomization.yaml is empty",
  };
}

const kustomizationVersion = "kustomize.config.k8s.io/v1beta1";
const componentVersion = "kustomize.config.k8s.io/v1alpha1";

function kindProblems(value: Mapping, kind: string, file: SourceFile): readonly Problem[] {
  const placeOf = (field: string): Place =>
    value.entries.find(({ key }) => key.text === field)?.value.origin.place ?? { file, start: 0, end: 0 };
  if (kind !== "Kustomization" && kind !== "Component") {
    return [
      {
        code: "kustomization/unknown-kind",
        severity: "error",
        place: placeOf("kind"),
        message: `The kind of a kustomization is Kustomization or Component, not ${kind}.`,
        help: "Correct the kind, or leave it out.",
        detail: "kind should be Kustomization or Component",
      },
    ];
  }
  const required = kind === "Component" ? componentVersion : kustomizationVersion;
  const version = textField(value, "apiVersion");
  if (version === "" || version === required) return [];
  return [
    {
      code: "kustomization/wrong-api-version",
      severity: "error",
      place: placeOf("apiVersion"),
      message: `The apiVersion of a ${kind} is ${required}, not ${version}.`,
      help: `Write \`apiVersion: ${required}\`.`,
      detail: `apiVersion for ${kind} should be ${required}`,
      data: { expected: required },
    },
  ];
}

/** The fields that upstream warns about, and what takes their place. */
const replacementOf: ReadonlyMap<string, string> = new Map([
  ["bases", "resources"],
  ["commonLabels", "labels"],
  ["imageTags", "images"],
  ["patchesJson6902", "patches"],
  ["patchesStrategicMerge", "patches"],
  ["vars", "replacements"],
]);

function deprecations(value: Mapping): readonly Problem[] {
  return value.entries.flatMap(({ key }: Entry): Problem[] => {
    const replacement = replacementOf.get(key.text);
    if (replacement === undefined) return [];
    return [
      {
        code: "kustomization/deprecated-field",
        severity: "warning",
        place: key.origin.place,
        message: `\`${key.text}\` is deprecated.`,
        help: `Use \`${replacement}\`.`,
        detail: `Warning: '${key.text}' is deprecated. Please use '${replacement}' instead.`,
        data: { field: key.text, replacement },
      },
    ];
  });
}
