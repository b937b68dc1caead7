import { previousIdsOf, type Resource } from "./resource";
import { idKey, type ResourceId } from "./resourceId";

/**
 * The objects of a layer in the order they came, findable by id without scanning. The set itself changes while its layer is
 * built; the resources in it never do.
 */
export class ResourceSet {
  #resources: Resource[];
  /** The array was handed out: copy it before the next change. */
  #shared = false;
  #byCurrentId: Map<string, number[]> | undefined;
  #byAnyId: Map<string, number[]> | undefined;

  constructor(resources: readonly Resource[] = []) {
    this.#resources = [...resources];
  }

  /** All resources in order. The array is a snapshot: later changes to the set do not show in it. */
  get resources(): readonly Resource[] {
    this.#shared = true;
    return this.#resources;
  }

  get size(): number {
    return this.#resources.length;
  }

  /** Positions of the resources that have the id of this one now. */
  sameAs({ key }: Resource): readonly number[] {
    this.#byCurrentId ??= index(this.#resources, currentKeys);
    return this.#byCurrentId.get(key) ?? [];
  }

  /** Positions of the resources that have this id now or had it before. */
  withAnyId(id: ResourceId): readonly number[] {
    this.#byAnyId ??= index(this.#resources, allKeys);
    return this.#byAnyId.get(idKey(id)) ?? [];
  }

  /** The resource at a position. */
  at(position: number): Resource | undefined {
    return this.#resources[position];
  }

  /** Adds a resource at the end. Whether its id is free is the caller's question. */
  append(resource: Resource): void {
    const position = this.#resources.length;
    this.#own().push(resource);
    if (this.#byCurrentId !== undefined) addKeys(this.#byCurrentId, currentKeys(resource), position);
    if (this.#byAnyId !== undefined) addKeys(this.#byAnyId, allKeys(resource), position);
  }

  /** Puts another resource in the place of the one at `position`. */
  replaceAt(position: number, resource: Resource): void {
    const old = this.#resources[position];
    if (old === undefined || old === resource) return;
    this.#own()[position] = resource;
    if (this.#byCurrentId !== undefined) {
      moveKeys(this.#byCurrentId, currentKeys(old), currentKeys(resource), position);
    }
    if (this.#byAnyId !== undefined) moveKeys(this.#byAnyId, allKeys(old), allKeys(resource), position);
  }

  /** Takes the resource at `position` out. */
  removeAt(position: number): void {
    this.replaceAll(this.#resources.filter((_, at) => at !== position));
  }

  /** Replaces the whole content. */
  replaceAll(resources: readonly Resource[]): void {
    this.#resources = [...resources];
    this.#shared = false;
    this.#byCurrentId = undefined;
    this.#byAnyId = undefined;
  }

  #own(): Resource[] {
    if (this.#shared) {
      this.#resources = [...this.#resources];
      this.#shared = false;
    }
    return this.#resources;
  }
}

function currentKeys(resource: Resource): readonly string[] {
  return [resource.key];
}

function allKeys(resource: Resource): readonly string[] {
  if (resource.previousIds.length === 0) return currentKeys(resource);
  return [...new Set([...previousIdsOf(resource).map(idKey), resource.key])];
}

function index(resources: readonly Resource[], keysOf: (resource: Resource) => readonly string[]) {
  const positions = new Map<string, number[]>();
  for (let position = 0; position < resources.length; position++) {
    const resource = resources[position];
    if (resource !== undefined) addKeys(positions, keysOf(resource), position);
  }
  return positions;
}

function addKeys(positions: Map<string, number[]>, keys: readonly string[], position: number): void {
  for (const key of keys) {
    const known = positions.get(key);
    if (known === undefined) positions.set(key, [position]);
    else known.push(position);
  }
}

function moveKeys(
  positions: Map<string, number[]>,
  from: readonly string[],
  to: readonly string[],
  position: number,
): void {
  for (const key of from) {
    const known = positions.get(key);
    const at = known?.indexOf(position) ?? -1;
    if (known !== undefined && at >= 0) known.splice(at, 1);
  }
  for (const key of to) {
    const known = positions.get(key);
    if (known === undefined) positions.set(key, [position]);
    else {
      known.push(position);
      known.sort((a, b) => a - b);
    }
  }
}
