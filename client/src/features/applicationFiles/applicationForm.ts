import type {
  DestinationChoice,
  NewApplicationParameters,
  ObjectChoices,
  SourceChoice,
} from "../../../../server/src/protocol/newObjects";
import { checkNamespace } from "../../cluster/checkNamespace";
import type { OpenCluster } from "../../cluster/openClusters";
import { runSteps, type Step, type StepPlace } from "../../platform/runSteps";
import { pickStep, type StepAnswer, type StepItem, textStep } from "../../platform/steps";
import {
  checkName,
  describeCluster,
  destinationsOf,
  homesOf,
  namespacesOf,
  projectsOf,
  suggestName,
  syncPolicies,
  takenNames,
  toDestination,
} from "./applicationOptions";

/** What the form knows so far. */
interface Draft {
  /** Absent when the person names a path that the workspace does not have. */
  readonly source?: SourceChoice | undefined;
  readonly path?: string | undefined;
  readonly repoURL?: string | undefined;
  readonly targetRevision?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly project?: string | undefined;
  readonly cluster?: DestinationChoice | undefined;
  readonly target?: string | undefined;
  readonly sync?: NewApplicationParameters["sync"] | undefined;
}

interface Offers {
  readonly choices: ObjectChoices;
  readonly clusters: readonly OpenCluster[];
}

/** Asks for everything that a new Application says; nothing when the person gives up. `source` is chosen already when it is given. */
export async function askForApplication(
  offers: Offers,
  source?: SourceChoice,
): Promise<NewApplicationParameters | undefined> {
  const draft = await runSteps<Draft>("New Application", source === undefined ? {} : { source, path: source.path }, [
    askSource(offers),
    askRepository(offers),
    askRevision,
    askHome(offers),
    askName(offers),
    askProject(offers),
    askCluster(offers),
    askTarget(offers),
    askSync,
  ]);
  if (draft === undefined) return undefined;
  const { name = "", namespace = "", project = "", repoURL = "", path = "", targetRevision = "" } = draft;
  const { cluster = {}, target = "", sync = "manual" } = draft;
  const wanted = { repoURL, path, targetRevision };
  return { name, namespace, project, source: wanted, destination: { ...cluster, namespace: target }, sync };
}

function askSource({ choices }: Offers): Step<Draft> {
  return async (draft, place) => {
    if (draft.source !== undefined && !place.canGoBack) return { state: draft, skipped: true };
    const items = choices.sources.map((source): StepItem<SourceChoice> => {
      const { label, role, deployedBy } = source;
      const by = deployedBy.length === 0 ? "" : ` · deployed by ${deployedBy.join(", ")}`;
      return { label, description: `${role}${by}`, value: source };
    });
    const placeholder = "What to deploy: an overlay of this repository";
    const text = {
      prompt: "Path within its repository, for example config/overlays/dev",
      value: "",
      check: checkFilled,
    };
    const answer = await pickOrType(place, { items, placeholder, other: "Another path…", text });
    return next(answer, (value) =>
      typeof value === "string"
        ? { ...draft, source: undefined, path: value }
        : { ...draft, source: value, path: value.path },
    );
  };
}

function askRepository({ choices }: Offers): Step<Draft> {
  return async (draft, place) => {
    const remotes = draft.source?.remotes ?? choices.sources.flatMap((each) => each.remotes);
    const urls = [...new Set(remotes.map(({ url }) => url))];
    if (draft.source !== undefined && urls.length === 1)
      return { state: { ...draft, repoURL: urls[0] }, skipped: true };
    const items = urls.map((url): StepItem<string> => {
      return { label: url, description: remotes.find((each) => each.url === url)?.name ?? "", value: url };
    });
    const placeholder = "The repository, as Argo CD can reach it";
    const text = { prompt: placeholder, value: "", check: checkFilled };
    return next(await pickOrType(place, { items, placeholder, other: "Another address…", text }), (repoURL) => {
      return { ...draft, repoURL };
    });
  };
}

const askRevision: Step<Draft> = async (draft, place) => {
  const { branch } = draft.source ?? {};
  const items: readonly StepItem<string>[] = [
    ...(branch === undefined ? [] : [{ label: branch, description: "the branch that is checked out", value: branch }]),
    { label: "HEAD", description: "the default branch of the repository", value: "HEAD" },
  ];
  const placeholder = "The branch or tag that it follows";
  const text = { prompt: "Branch, tag or commit", value: "", check: checkFilled };
  return next(await pickOrType(place, { items, placeholder, other: "Another revision…", text }), (targetRevision) => {
    return { ...draft, targetRevision };
  });
};

function askHome({ choices, clusters }: Offers): Step<Draft> {
  return async (draft, place) => {
    const items = homesOf(choices, clusters).map((label) => ({ label, value: label }));
    const placeholder = "The namespace of the Argo CD that looks after it";
    const text = { prompt: placeholder, value: "", check: checkNamespace };
    return next(await pickOrType(place, { items, placeholder, other: "Another namespace…", text }), (namespace) => {
      return { ...draft, namespace };
    });
  };
}

function askName({ choices, clusters }: Offers): Step<Draft> {
  return async (draft, place) => {
    const { source, namespace, repoURL = "", path = "" } = draft;
    const taken = takenNames(choices, clusters, namespace);
    const value = draft.name ?? suggestName(source, repoURL, path, taken);
    const check = (text: string): string | undefined => checkName(text, taken);
    const answer = await textStep(place, { prompt: "The name of the Application", value, check });
    return next(answer, (name) => ({ ...draft, name }));
  };
}

function askProject({ choices, clusters }: Offers): Step<Draft> {
  return async (draft, place) => {
    const items = projectsOf(choices, clusters).map((label) => ({ label, value: label }));
    const placeholder = "The project, which says what it may deploy and where";
    const text = { prompt: "The name of the project", value: "", check: (name: string) => checkName(name, []) };
    return next(await pickOrType(place, { items, placeholder, other: "Another project…", text }), (project) => {
      return { ...draft, project };
    });
  };
}

function askCluster({ choices, clusters }: Offers): Step<Draft> {
  return async (draft, place) => {
    const items = destinationsOf(choices, clusters).map((value, i): StepItem<DestinationChoice> => {
      return { label: describeCluster(value), description: i === 0 ? "the cluster of Argo CD itself" : "", value };
    });
    const placeholder = "The cluster to deploy to";
    const text = { prompt: "The address of its API server, or its name in Argo CD", value: "", check: checkFilled };
    const answer = await pickOrType(place, { items, placeholder, other: "Another cluster…", text });
    return next(answer, (value) => {
      return { ...draft, cluster: typeof value === "string" ? toDestination(value) : value };
    });
  };
}

function askTarget({ choices, clusters }: Offers): Step<Draft> {
  return async (draft, place) => {
    const { source } = draft;
    const items = namespacesOf(choices, clusters, source).map((label): StepItem<string> => {
      return {
        label,
        description: label === source?.namespace ? "the overlay puts everything there" : "",
        value: label,
      };
    });
    const placeholder = "The namespace to deploy into";
    const text = { prompt: placeholder, value: draft.name ?? "", check: checkNamespace };
    return next(await pickOrType(place, { items, placeholder, other: "Another namespace…", text }), (target) => {
      return { ...draft, target };
    });
  };
}

const askSync: Step<Draft> = async (draft, place) => {
  const answer = await pickStep(place, { items: syncPolicies, placeholder: "When Argo CD brings it into the cluster" });
  return next(answer, (sync) => ({ ...draft, sync }));
};

function checkFilled(text: string): string | undefined {
  return text === "" ? "Write something, or press Escape to give up." : undefined;
}

function next<T>(answer: StepAnswer<T>, take: (value: T) => Draft): { readonly state: Draft } | "back" | undefined {
  return answer === undefined || answer === "back" ? answer : { state: take(answer.value) };
}

interface PickOrType<T> {
  readonly items: readonly StepItem<T>[];
  readonly placeholder: string;
  /** The item that leads to a text of one's own. */
  readonly other: string;
  readonly text: Parameters<typeof textStep>[1];
}

/** One of several things, or a text; only the text when there is nothing to choose from. Back from the text leads to the list. */
async function pickOrType<T>(
  place: StepPlace,
  { items, placeholder, other, text }: PickOrType<T>,
): Promise<StepAnswer<T | string>> {
  if (items.length === 0) return await textStep(place, text);
  const isOther = Symbol("other");
  for (;;) {
    const all: readonly StepItem<T | typeof isOther>[] = [...items, { label: other, value: isOther, alwaysShow: true }];
    const answer = await pickStep(place, { items: all, placeholder });
    if (answer === undefined || answer === "back") return answer;
    if (answer.value !== isOther) return { value: answer.value as T };
    const typed = await textStep({ ...place, canGoBack: true }, text);
    if (typed !== "back") return typed;
  }
}
