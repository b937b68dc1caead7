import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import { findResourceType } from "../discovery";
import { type KubeObject, pathOf } from "../kubeObject";
import { describeNoAnswer, ManyQuestions } from "../manyQuestions";
import type { ManagedResource } from "./application";

/** The annotations by which an object tells Argo CD what to do with it. */
export type Marks = Readonly<Record<string, string>>;

/** What objects in a cluster say for themselves. */
export interface LiveMarks {
  /** By `markKey`; an object that is gone says nothing. */
  readonly marks: ReadonlyMap<string, Marks>;
  /** Those that could not be read, each with the reason, a sentence. */
  readonly unread: readonly { readonly object: ManagedResource; readonly why: string }[];
}

/** No values: those of Secrets stay where they are. */
const accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

const wanted = /^(?:argocd\.argoproj\.io\/|helm\.sh\/resource-policy$)/;

/** Equal for the same object. */
export function markKey({ group = "", kind, namespace = "", name }: ManagedResource): string {
  return JSON.stringify([group, kind, namespace, name]);
}

/** What of an object's annotations is for Argo CD; the others may hold anything, a whole Secret too. */
export function marksOf({ metadata }: KubeObject): Marks {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => wanted.test(key)));
}

/**
 * Reads the marks of objects, a few at a time and without what the objects hold. Throws only when the cluster cannot be asked at all, or it is
 * cancelled.
 */
export async function readMarks(
  connection: Connection,
  objects: readonly ManagedResource[],
  signal: AbortSignal,
): Promise<LiveMarks> {
  const outcomes = await new ManyQuestions().ask(objects, (each) => readOne(connection, each, signal));
  const marks = new Map<string, Marks>();
  const unread: { object: ManagedResource; why: string }[] = [];
  for (const [i, object] of objects.entries()) {
    const outcome = outcomes[i];
    if (outcome?.failure !== undefined) unread.push({ object, why: describeNoAnswer(outcome) });
    else marks.set(markKey(object), outcome?.answer ?? {});
  }
  return { marks, unread };
}

async function readOne(
  connection: Connection,
  { group, version = "v1", kind, namespace, name }: ManagedResource,
  signal: AbortSignal,
): Promise<Marks> {
  const type = await findResourceType(
    connection,
    { apiVersion: group ? `${group}/${version}` : version, kind },
    signal,
  );
  if (type === undefined) return {};
  try {
    return marksOf(await connection.get<KubeObject>({ path: pathOf(type, namespace, name), accept, signal }));
  } catch (error) {
    if (error instanceof ApiError && error.kind === "notFound") return {};
    throw error;
  }
}
