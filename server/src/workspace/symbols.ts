import type { Place } from "../yaml/source";

/** An object by its name, as a manifest writes it. */
export interface ObjectName {
  /** API group, for example `tekton.dev`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** As written; absent when the text says none, so that any namespace may be meant. */
  readonly namespace?: string | undefined;
}

/** A part of an object that others call by its name: a parameter of a Task, a key of a ConfigMap. */
export interface PartName {
  /** What it is, in the words of the field: `param`, `workspace`, `result`, `step`, `task`, `key`, `port`, `container`, `volume`. */
  readonly type: string;
  readonly name: string;
  /** Where in the object it counts, when not in all of it: the JSON pointer of a spec within, for example `/spec/tasks/0/taskSpec`. */
  readonly scope?: string | undefined;
}

/** Something that has a name: an object, or a part of one. */
export interface NamedThing {
  readonly object: ObjectName;
  readonly part?: PartName | undefined;
}

/** Where a name is given. */
export interface Definition extends NamedThing {
  /** The name as written. */
  readonly place: Place;
  /** Of an object that several kinds of tools copy around: it is a patch, or a part of one, not the object itself. */
  readonly isPatch?: true | undefined;
}

/** Where a name is used. */
export interface Mention extends NamedThing {
  readonly place: Place;
  /** The object in which the mention stands. */
  readonly from: ObjectName;
  /** JSON pointer of the field, for example `/spec/taskRef/name`. */
  readonly path: string;
  /** Nothing breaks when there is no such thing, for example because the field beside says `optional: true`. */
  readonly optional?: true | undefined;
}

/** What a document names and mentions. */
export interface Symbols {
  readonly definitions: readonly Definition[];
  readonly mentions: readonly Mention[];
}

/** All names of the workspace, as they are written in its files (before any kustomization renames them). */
export interface SymbolIndex {
  /** Where a thing is defined. Namespaces that one side leaves out match any. */
  definitionsOf(thing: NamedThing): readonly Definition[];
  /** Where a thing is mentioned. Namespaces that one side leaves out match any. */
  mentionsOf(thing: NamedThing): readonly Mention[];
  /** The objects of a kind. */
  objectsOf(group: string, kind: string): readonly Definition[];
  /** The parts of one type that an object has, for example its parameters. */
  partsOf(object: ObjectName, type: string, scope?: string): readonly Definition[];
}

/** Whether two names may mean the same object. */
export function sameObject(a: ObjectName, b: ObjectName): boolean {
  if (a.kind !== b.kind || a.name !== b.name || a.group !== b.group) return false;
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}

/** Whether two names may mean the same thing. */
export function sameThing(a: NamedThing, b: NamedThing): boolean {
  if (!sameObject(a.object, b.object) || (a.part === undefined) !== (b.part === undefined)) return false;
  return a.part?.type === b.part?.type && a.part?.name === b.part?.name && a.part?.scope === b.part?.scope;
}
