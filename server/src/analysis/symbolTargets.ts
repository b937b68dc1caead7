import { parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import type { Definition, Mention, NamedThing } from "../workspace/symbols";
import { sameThing } from "../workspace/symbols";
import type { Place } from "../yaml/source";
import { patchFields } from "./fileUse";

/** The name at an offset of a file: given there, or mentioned. */
export interface FoundName {
  readonly thing: NamedThing;
  readonly place: Place;
  readonly isDefinition: boolean;
}

/** The names at an offset of a file; several where one text may mean several things. */
export function findNamesAt(snapshot: Snapshot, path: string, offset: number): readonly FoundName[] {
  const { definitions = [], mentions = [] } = snapshot.facts(path);
  const isHere = ({ place }: { readonly place: Place }): boolean => place.start <= offset && offset <= place.end;
  const named = (isDefinition: boolean) => (each: Definition | Mention) => ({
    thing: each,
    place: each.place,
    isDefinition,
  });
  return [...mentions.filter(isHere).map(named(false)), ...definitions.filter(isHere).map(named(true))];
}

/** What a name in a file means, and who else uses it. */
export interface Resolver {
  /**
   * Where the things are defined that a name in the file `path` may mean. Among several things of the same name those count that a
   * kustomization puts together with that file, or that lie in its directory. Patches of a thing do not define it, unless there is
   * nothing else.
   */
  definitionsOf(thing: NamedThing, path: string): readonly Definition[];
  /** Who mentions what the name in the file `path` means; patches of a thing mention it. */
  mentionsOf(thing: NamedThing, path: string): readonly Place[];
}

/** Makes a resolver for one question; it remembers which kustomizations read which files. */
export function createResolver(snapshot: Snapshot): Resolver {
  const rootsOf = new Map<string, ReadonlySet<string>>();
  const rootsAt = (path: string): ReadonlySet<string> => {
    let roots = rootsOf.get(path);
    if (roots === undefined) {
      const own = snapshot.graph.ofFile(path)?.root;
      const reached = snapshot.graph.reachedFrom(path).map(({ root }) => root);
      const above = own === undefined ? [] : [own, ...snapshot.graph.reachedFrom(own).map(({ root }) => root)];
      roots = new Set([...reached, ...above]);
      rootsOf.set(path, roots);
    }
    return roots;
  };
  const isTogether = (path: string) => (definition: Definition) => {
    const other = definition.place.file.path;
    if (other === path) return true;
    const roots = rootsAt(path);
    return roots.size > 0 && [...rootsAt(other)].some((root) => roots.has(root));
  };
  const definitionsOf = (thing: NamedThing, path: string): readonly Definition[] => {
    const all = snapshot.symbols.definitionsOf(thing);
    const together = orAll(all.filter(isTogether(path)), () =>
      orAll(
        all.filter(({ place }) => parentPath(place.file.path) === parentPath(path)),
        () => all,
      ),
    );
    return orAll(
      together.filter((each) => !isPatch(snapshot, each)),
      () => together,
    );
  };
  return {
    definitionsOf,
    mentionsOf(thing, path) {
      const meant = new Set(definitionsOf(thing, path).map(({ place }) => place));
      const means = (other: NamedThing, from: string): boolean => {
        const found = definitionsOf(other, from);
        return meant.size === 0 ? found.length === 0 : found.some(({ place }) => meant.has(place));
      };
      const mentions = snapshot.symbols.mentionsOf(thing).filter((each) => means(each, each.place.file.path));
      const patches = snapshot.symbols
        .definitionsOf(thing)
        .filter(({ object, part, place }) => !meant.has(place) && means({ object, part }, place.file.path));
      return unique([...mentions, ...patches].map(({ place }) => place));
    },
  };
}

/** Places without those that stand twice, sorted by file and offset. */
export function unique(places: readonly Place[]): readonly Place[] {
  const byKey = new Map(places.map((place) => [`${place.file.path}\n${place.start}\n${place.end}`, place]));
  return [...byKey.values()].sort((a, b) =>
    a.file.path === b.file.path ? a.start - b.start : a.file.path < b.file.path ? -1 : 1,
  );
}

/** The places in one file at which the things at an offset are named. */
export function findOccurrences(snapshot: Snapshot, path: string, offset: number): readonly FoundName[] {
  const things = findNamesAt(snapshot, path, offset);
  if (things.length === 0) return [];
  const { definitions = [], mentions = [] } = snapshot.facts(path);
  const isMeant = (each: NamedThing): boolean => things.some(({ thing }) => sameThing(thing, each));
  return [
    ...definitions.filter(isMeant).map((each) => ({ thing: each, place: each.place, isDefinition: true })),
    ...mentions.filter(isMeant).map((each) => ({ thing: each, place: each.place, isDefinition: false })),
  ];
}

function isPatch(snapshot: Snapshot, { isPatch: said, place }: Definition): boolean {
  if (said === true) return true;
  const references = snapshot.graph.referencesTo(place.file.path);
  return references.length > 0 && references.every(({ field }) => patchFields.has(field));
}

function orAll<T>(some: readonly T[], all: () => readonly T[]): readonly T[] {
  return some.length > 0 ? some : all();
}
