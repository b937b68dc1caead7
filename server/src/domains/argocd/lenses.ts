import type { LensContext, LensPart } from "../../analysis/domain";
import {
  type ApplicationHere,
  applicationsHere,
  definedIn,
  deployedFrom,
  toEntry,
} from "../../analysis/liveApplications";
import type { Observations } from "../../observations/observations";
import { isError } from "../../protocol/applicationWords";
import { showInClusterCommand } from "../../protocol/liveApplications";
import type { Place, SourceFile } from "../../yaml/source";

/** How many lenses stand beside each other on one line; the last one counts the rest. */
const most = 3;

/** Above an Application, and above a kustomization that one deploys: how it is in the clusters that are open. */
export function argocdLenses({ snapshot, path, observations }: LensContext): readonly LensPart[] {
  const applications = applicationsHere(snapshot, observations);
  const file = snapshot.file(path);
  if (applications.length === 0 || file === undefined) return [];
  const documents = snapshot.documents(path);
  const startOf = (offset: number): Place => {
    const document = documents.findLast(({ start }) => start <= offset);
    return pointAt(file, document?.root?.origin.place.start ?? 0);
  };
  const byLine = new Map<number, Line>();
  const add = (place: Place, application: ApplicationHere): void => {
    const line = byLine.get(place.start);
    if (line === undefined) byLine.set(place.start, { place, applications: [application] });
    else if (!line.applications.includes(application)) line.applications.push(application);
  };
  for (const each of definedIn(path, applications)) {
    for (const { place } of each.definitions) if (place.file.path === path) add(startOf(place.start), each);
  }
  const kustomization = snapshot.graph.ofFile(path);
  if (kustomization !== undefined) {
    for (const each of deployedFrom(kustomization.root, applications)) add(startOf(0), each);
  }
  return [...byLine.values()].flatMap((line) => lensesOf(line, observations));
}

/** The Applications that are told of above one line. */
interface Line {
  readonly place: Place;
  readonly applications: ApplicationHere[];
}

/** What needs someone to look at it comes first. */
function lensesOf({ place, applications }: Line, observations: Observations): readonly LensPart[] {
  const sorted = [...applications].sort((a, b) => Number(isFine(a)) - Number(isFine(b)));
  const shown = sorted.length > most ? sorted.slice(0, most - 1) : sorted;
  const lenses = shown.map((each): LensPart => {
    const entry = toEntry(each, observations);
    const title = `${entry.label} — cluster ${entry.cluster}`;
    return { place, title, command: showInClusterCommand, argument: entry };
  });
  const rest = sorted.slice(shown.length);
  if (rest.length === 0) return lenses;
  const title = `and ${rest.length} more Applications`;
  return [
    ...lenses,
    { place, title, command: showInClusterCommand, argument: rest.map((each) => toEntry(each, observations)) },
  ];
}

function isFine({ live }: ApplicationHere): boolean {
  const failed = ["Failed", "Error"].includes(live.operation?.phase ?? "");
  const isWrong = failed || live.conditions.some(({ type }) => isError(type));
  return live.sync === "Synced" && live.health === "Healthy" && !isWrong;
}

function pointAt(file: SourceFile, offset: number): Place {
  return { file, start: offset, end: offset };
}
