import { naturalOrder } from "../../../../server/src/protocol/naturalOrder";
import type {
  DestinationChoice,
  NewApplicationParameters,
  ObjectChoices,
  SourceChoice,
} from "../../../../server/src/protocol/newObjects";
import type { Application } from "../../cluster/argocd/application";
import type { OpenCluster } from "../../cluster/openClusters";

/** What the open contexts add to the choices of the repository. */
type Known = readonly Pick<OpenCluster, "applications" | "controlPlanes">[];

/** The cluster in which Argo CD runs itself. */
export const ownCluster: DestinationChoice = { server: "https://kubernetes.default.svc" };

/**
 * A name that nobody has yet: that of the namespace into which the overlay goes, else the repository and the overlay together, for example
 * `person-service-dev`.
 */
export function suggestName(
  source: SourceChoice | undefined,
  repoURL: string,
  path: string,
  taken: readonly string[],
): string {
  const repository = lastPart(repoURL.replace(/\.git\/?$/, "")).replace(
    /-(?:config|gitops|deploy|deployment|manifests)$/,
    "",
  );
  const overlay = path === "." ? "" : lastPart(path);
  const joined = toName([repository, overlay].filter(Boolean).join("-")) || "application";
  const wanted = source?.namespace === undefined ? [joined] : [toName(source.namespace), joined];
  const numbered = Array.from({ length: taken.length + 1 }, (_, i) => `${joined}-${i + 2}`);
  return [...wanted, ...numbered].find((each) => each !== "" && !taken.includes(each)) ?? joined;
}

function lastPart(text: string): string {
  return text.split(/[/:]/).filter(Boolean).at(-1) ?? "";
}

function toName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
}

/** What is wrong with the name of an Application in a namespace; nothing when it will do. */
export function checkName(name: string, taken: readonly string[]): string | undefined {
  if (!/^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(name) || name.length > 253) {
    return "A name has small letters, digits, dashes and dots, and begins and ends with a letter or digit.";
  }
  return taken.includes(name) ? `There is an Application '${name}' already.` : undefined;
}

/** The names that Applications of a namespace have, in files that say no other one and in open contexts. */
export function takenNames(choices: ObjectChoices, known: Known, namespace: string | undefined): readonly string[] {
  const isHere = (other: string | undefined): boolean => !namespace || !other || other === namespace;
  const written = choices.applications.filter((each) => isHere(each.namespace)).map(({ name }) => name);
  const live = liveOf(known).filter(({ metadata }) => isHere(metadata.namespace));
  return [...new Set([...written, ...live.map(({ metadata }) => metadata.name)])];
}

/** Namespaces in which an Argo CD would find a new Application. */
export function homesOf(choices: ObjectChoices, known: Known): readonly string[] {
  const planes = known.flatMap(({ controlPlanes }) => controlPlanes.map(({ namespace }) => namespace));
  return [...new Set([...planes, ...choices.argocdNamespaces])];
}

/** Projects that are defined or used; `default` is in every Argo CD and stands last. */
export function projectsOf(choices: ObjectChoices, known: Known): readonly string[] {
  const used = liveOf(known).flatMap(({ spec }) => spec?.project || []);
  const others = [...new Set([...choices.projects, ...used])].filter((each) => each !== "default").sort(naturalOrder);
  return [...others, "default"];
}

/** Clusters to which Applications are deployed; that of the Argo CD stands first. */
export function destinationsOf(choices: ObjectChoices, known: Known): readonly DestinationChoice[] {
  const live = liveOf(known).flatMap(({ spec }): readonly DestinationChoice[] => {
    const { server, name } = spec?.destination ?? {};
    return server || name ? [{ ...(server ? { server } : { name }) }] : [];
  });
  const unique = new Map([ownCluster, ...choices.destinations, ...live].map((each) => [describeCluster(each), each]));
  return [...unique.values()];
}

/** `https://kubernetes.default.svc`, or the name that an Argo CD gives a cluster. */
export function describeCluster({ server, name }: DestinationChoice): string {
  return server ?? name ?? "";
}

/** A cluster as a person names it: by its address when it looks like one. */
export function toDestination(text: string): DestinationChoice {
  return /^https?:\/\//.test(text) ? { server: text } : { name: text };
}

/** Namespaces to deploy into; the one into which the overlay goes stands first. */
export function namespacesOf(
  choices: ObjectChoices,
  known: Known,
  source: SourceChoice | undefined,
): readonly string[] {
  const live = liveOf(known).flatMap(({ spec }) => spec?.destination?.namespace || []);
  const others = [...new Set([...choices.namespaces, ...live])].sort(naturalOrder);
  return [...new Set([...(source?.namespace === undefined ? [] : [source.namespace]), ...others])];
}

/** What a sync policy means. */
export const syncPolicies: readonly {
  readonly value: NewApplicationParameters["sync"];
  readonly label: string;
  readonly description: string;
}[] = [
  { value: "manual", label: "Only when someone asks", description: "no automated sync" },
  { value: "automated", label: "By itself", description: "automated; what left Git stays in the cluster" },
  {
    value: "selfHealing",
    label: "By itself, prune and self-heal",
    description: "also deletes what left Git, and takes back what others change",
  },
];

function liveOf(known: Known): readonly Application[] {
  return known.flatMap(({ applications }) => [...applications.values()]);
}
