import type { Mapping } from "../yaml/node";
import type { Kustomization } from "./kustomizationFile";
import type { MergeSchema } from "./merge/mergeSchema";
import type { Resource } from "./resource";
import type { TransformerConfig } from "./transformerConfig";

/**
 * What a step made of each resource the last time. A step that looks at nothing but the resource gives the same resource
 * again, so everything that was derived from it is shared too.
 */
export class StepMemo {
  #last = new Map<Resource, Resource>();
  readonly #patched = new WeakMap<Mapping, { readonly before: Resource; readonly after: Resource | undefined }>();

  /** Changes each resource, or takes what became of it the last time. */
  mapAll(resources: readonly Resource[], change: (resource: Resource) => Resource): readonly Resource[] {
    const next = new Map<Resource, Resource>();
    const results = resources.map((resource) => {
      const result = this.#last.get(resource) ?? change(resource);
      next.set(resource, result);
      return result;
    });
    this.#last = next;
    return results;
  }

  /** Changes the one resource that a patch names, or takes what became of it under the same patch the last time. */
  patchOne(patch: Mapping, before: Resource, change: () => Resource | undefined): Resource | undefined {
    let known = this.#patched.get(patch);
    if (known?.before !== before) {
      known = { before, after: change() };
      this.#patched.set(patch, known);
    }
    return known.after;
  }
}

/** The memos of the steps of kustomizations, for as long as their files and what they work with stay the same. */
export class StepMemos {
  readonly #of = new WeakMap<Kustomization, KustomizationMemos>();
  readonly #asRead = new WeakMap<Mapping, { readonly schema: MergeSchema; readonly resource: Resource }>();

  /** What `make` makes of an object, once for as long as the object and the schema stay the same. */
  asRead(node: Mapping, schema: MergeSchema, make: () => Resource): Resource {
    let known = this.#asRead.get(node);
    if (known?.schema !== schema) {
      known = { schema, resource: make() };
      this.#asRead.set(node, known);
    }
    return known.resource;
  }

  /** The memo of one step, for example `images/0`. */
  find(kustomization: Kustomization, config: TransformerConfig, schema: MergeSchema, step: string): StepMemo {
    let memos = this.#of.get(kustomization);
    if (memos === undefined || memos.config !== config || memos.schema !== schema) {
      memos = { config, schema, steps: new Map() };
      this.#of.set(kustomization, memos);
    }
    let memo = memos.steps.get(step);
    if (memo === undefined) {
      memo = new StepMemo();
      memos.steps.set(step, memo);
    }
    return memo;
  }
}

interface KustomizationMemos {
  readonly config: TransformerConfig;
  readonly schema: MergeSchema;
  readonly steps: Map<string, StepMemo>;
}
