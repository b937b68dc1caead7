import { ApiError } from "../apiError";
import type { ApiRequest, Connection } from "../connection";
import { guessPlural } from "../guessPlural";
import type { KubeObject } from "../kubeObject";
import { judgedElsewhere } from "../objectState";
import type { Application } from "./application";
import type { ArgocdServer } from "./argocdServer";

/** An object of an Application, as the resource tree of Argo CD tells of it. */
interface TreeNode {
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly createdAt?: string;
  readonly parentRefs?: readonly Pick<TreeNode, "group" | "kind" | "namespace" | "name" | "uid">[];
  readonly health?: { readonly status?: string; readonly message?: string };
  /** For a Pod `Status Reason` and `Containers`, in words for people. */
  readonly info?: readonly { readonly name: string; readonly value: string }[];
}

interface Tree {
  readonly nodes?: readonly TreeNode[] | null;
}

/** Where the calls about one Application go, and what they say besides. */
export interface TreePlace {
  readonly server: ArgocdServer;
  readonly context: Connection["context"];
  readonly application: Application;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** Silence after which a stream is asked for again, in milliseconds; Argo CD sends nothing when nothing changes. */
const silence = 300_000;

/**
 * What the API of Kubernetes would tell of the objects of one Application, out of the resource tree that Argo CD's server gives: lists and watches
 * of a kind in a namespace, and events. So the views need no other way to look at them. Everything else is refused.
 */
export function treeConnection(place: TreePlace): Connection {
  const { server, context, application } = place;
  const path = `/api/v1/applications/${encodeURIComponent(application.metadata.name)}`;
  /** What was told last, as JSON by name, for each list. */
  const told = new Map<string, ReadonlyMap<string, string>>();
  const readTree = (signal: AbortSignal | undefined): Promise<Tree> =>
    server.get<Tree>({ path: `${path}/resource-tree`, query: place.query, signal });
  const list = async (request: ApiRequest): Promise<unknown> => {
    const wanted = parseList(request, context.name);
    const tree = await readTree(request.signal);
    const metadata = { resourceVersion: "tree" };
    if (wanted.plural === "events") {
      const subject = eventQuery(tree, subjectOf(request, wanted), application);
      // Argo CD tells of nothing but what belongs to the Application.
      if (subject === undefined) return { metadata, items: [] };
      const query = { ...place.query, ...subject };
      const { items } = await server.get<{ readonly items?: unknown }>({
        path: `${path}/events`,
        query,
        signal: request.signal,
      });
      return { metadata, items: items ?? [] };
    }
    const objects = objectsOf(tree, wanted);
    told.set(keyOf(request), byName(objects));
    return { metadata, items: objects };
  };
  const stream = async (request: ApiRequest, onLine: (line: string) => void): Promise<void> => {
    const wanted = parseList(request, context.name);
    const query = place.query;
    const { signal } = request;
    const tree = { path: path.replace("/api/v1/", "/api/v1/stream/"), query, timeout: silence, signal };
    let first = true;
    await server.stream<Tree>({ ...tree, path: `${tree.path}/resource-tree` }, (now) => {
      if (first) request.onBegin?.();
      if (wanted.plural !== "events") {
        const objects = objectsOf(now, wanted);
        for (const line of changes(told.get(keyOf(request)) ?? new Map(), objects)) onLine(line);
        told.set(keyOf(request), byName(objects));
      } else if (!first) onLine(listAnew);
      first = false;
    });
  };
  return {
    ...{ context, stream },
    get: <T>(request: ApiRequest) => list(request) as Promise<T>,
    get calls() {
      return server.calls;
    },
    close: () => {},
  };
}

/** Events are in no stream of Argo CD; something happened, so there may be new ones. */
const listAnew = JSON.stringify({ type: "ERROR", object: { code: 410, message: "something changed" } });

interface WantedList {
  readonly group: string;
  readonly namespace: string | undefined;
  readonly plural: string;
}

function parseList({ method = "GET", path }: ApiRequest, server: string): WantedList {
  const parsed = /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(path);
  if (method !== "GET" || parsed === null) {
    throw new ApiError("refused", `${server} is an Argo CD server. Open a context of the cluster itself for this.`);
  }
  const [, group = "", namespace, plural = ""] = parsed;
  return { group, namespace: namespace === undefined ? undefined : decodeURIComponent(namespace), plural };
}

function keyOf({ path, query = {} }: ApiRequest): string {
  return `${path} ${query["fieldSelector"] ?? ""}`;
}

function objectsOf({ nodes }: Tree, { group, namespace, plural }: WantedList): readonly KubeObject[] {
  return (nodes ?? [])
    .filter((node) => (node.group ?? "") === group && guessPlural(node.kind) === plural)
    .filter((node) => namespace === undefined || node.namespace === namespace)
    .map(toObject);
}

function toObject({ group, version = "v1", kind, health, info = [], parentRefs = [], ...node }: TreeNode): KubeObject {
  const { name, namespace, uid, resourceVersion, createdAt: creationTimestamp } = node;
  const ownerReferences = parentRefs.map((parent) => {
    const apiVersion = parent.group ? `${parent.group}/v1` : "v1";
    return { apiVersion, kind: parent.kind, name: parent.name, uid: parent.uid ?? "" };
  });
  const words = info.filter((each) => each.name === "Status Reason" || each.name === "Containers");
  const judged = {
    health: health?.status ?? "",
    words: words.map((each) => (each.name === "Containers" ? `${each.value} ready` : each.value)),
    why: health?.message === undefined || health.message === "" ? [] : [health.message],
  };
  return {
    apiVersion: group ? `${group}/${version}` : version,
    kind,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp, ownerReferences },
    status: { [judgedElsewhere]: judged },
  };
}

function byName(objects: readonly KubeObject[]): ReadonlyMap<string, string> {
  return new Map(objects.map((each) => [`${each.metadata.namespace}/${each.metadata.name}`, JSON.stringify(each)]));
}

/** The lines of a watch that lead from what was told to what is. */
function* changes(before: ReadonlyMap<string, string>, objects: readonly KubeObject[]): Iterable<string> {
  const now = byName(objects);
  for (const [name, object] of now) {
    const former = before.get(name);
    if (former !== object) yield `{"type":"${former === undefined ? "ADDED" : "MODIFIED"}","object":${object}}`;
  }
  for (const [name, object] of before) if (!now.has(name)) yield `{"type":"DELETED","object":${object}}`;
}

interface Subject {
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/** The object whose events a list asks for. */
function subjectOf({ query }: ApiRequest, { namespace }: WantedList): Subject {
  const pairs = String(query?.["fieldSelector"] ?? "").split(",");
  const selector = new Map(pairs.map((each) => splitOnce(each)));
  return { kind: selector.get("involvedObject.kind"), name: selector.get("involvedObject.name"), namespace };
}

/**
 * What Argo CD is asked for the events of an object: its identity, which only the tree knows, or nothing for those of the Application itself. Absent
 * where the object does not belong to the Application.
 */
function eventQuery(
  { nodes }: Tree,
  { kind, name, namespace }: Subject,
  { metadata }: Application,
): Readonly<Record<string, string>> | undefined {
  if (kind === "Application" && name === metadata.name && namespace === metadata.namespace) return {};
  const alike = (nodes ?? []).filter((each) => each.kind === kind && each.name === name);
  // Those of an object without a namespace lie in `default`.
  const node = alike.find((each) => each.namespace === namespace) ?? alike.find((each) => !each.namespace);
  if (node === undefined) return undefined;
  return { resourceName: node.name, resourceNamespace: node.namespace ?? "", resourceUID: node.uid ?? "" };
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}
