import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { moduleDirectory } from "./go";
import { versions } from "./versions";

/** Gives a cluster the kinds of Argo CD and Tekton, from their published Go modules. */
export async function installDefinitions(config: KubeConfig): Promise<void> {
  const argoCd = await moduleDirectory("github.com/argoproj/argo-cd/v3", versions.argoCd);
  const tekton = await moduleDirectory("github.com/tektoncd/pipeline", versions.tektonPipeline);
  // The typed client drops the fields of a schema that begin with `x-kubernetes-`.
  const api = config.makeApiClient(CustomObjectsApi);
  const definitions = [join(argoCd, "manifests/crds"), join(tekton, "config/300-crds")].flatMap(readDefinitions);
  await Promise.all(definitions.map((body) => api.createClusterCustomObject({ ...kind, body })));
  await untilDefinedIsServed(config);
}

const kind = { group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions" };

/** Waits until a cluster answers for all kinds that were given to it: after its start it takes a moment. */
export async function untilDefinedIsServed(config: KubeConfig): Promise<void> {
  const api = config.makeApiClient(CustomObjectsApi);
  const { items } = (await api.listClusterCustomObject(kind)) as { readonly items: readonly Definition[] };
  for (const definition of items) await untilServed(api, definition);
}

/** A CustomResourceDefinition, as far as we look at it. */
interface Definition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

function readDefinitions(folder: string): readonly Definition[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), "utf8")))
    .map((document) => document.toJS() as Definition)
    .filter((object) => object?.kind === "CustomResourceDefinition");
}

/** Right after a definition is established the API server may still answer that its storage is being prepared. */
async function untilServed(api: CustomObjectsApi, { spec }: Definition): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      const version = spec.versions.find(({ served }) => served)?.name ?? "";
      await api.listClusterCustomObject({ group: spec.group, version, plural: spec.names.plural });
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((next) => setTimeout(next, 100));
    }
  }
}
