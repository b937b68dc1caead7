import type { Connection } from "../../../client/src/cluster/connection";
import { findResourceType } from "../../../client/src/cluster/discovery";
import { type KubeObject, pathOf } from "../../../client/src/cluster/kubeObject";
import { applyObject } from "../../../client/src/cluster/serverSideApply";

/** Everything that a small application needs. */
export function workload(namespace: string): readonly KubeObject[] {
  const metadata = { name: "web", namespace };
  const labels = { app: "web" };
  const container = { name: "web", image: "web:1", resources: { limits: { cpu: "1000m", memory: "1024Mi" } } };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const secret = { apiVersion: "v1", kind: "Secret", metadata, stringData: { password: "one" } };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    },
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ports: [{ port: 80 }] } },
    secret,
  ];
}

/** A ConfigMap with its name as its only value. */
export function configMap(namespace: string, name: string): KubeObject & { readonly data: object } {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data: { name } };
}

/** A Namespace. */
export function namespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

/** The definition of a kind that takes everything. */
export function definition(group: string, version: string, kind: string): KubeObject {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}

/** An object as the cluster has it. Rejects when it is not there. */
export async function read(connection: Connection, object: KubeObject): Promise<KubeObject> {
  const type = await findResourceType(connection, object);
  if (type === undefined) throw new Error(`There is no kind ${object.kind}.`);
  return await connection.get<KubeObject>({ path: pathOf(type, object.metadata.namespace, object.metadata.name) });
}

/** Changes an object as a person would, who takes no care of who manages what. */
export async function edit(
  connection: Connection,
  object: KubeObject,
  body: object,
  fieldManager = "kubectl-edit",
): Promise<void> {
  const type = await findResourceType(connection, object);
  if (type === undefined) throw new Error(`There is no kind ${object.kind}.`);
  const path = pathOf(type, object.metadata.namespace, object.metadata.name);
  const contentType = "application/merge-patch+json";
  await connection.get({ method: "PATCH", path, contentType, body, query: { fieldManager } });
}

/** Applies on the server in somebody else's name. */
export async function applyAs(connection: Connection, object: KubeObject, manager: string): Promise<void> {
  const type = await findResourceType(connection, object);
  if (type === undefined) throw new Error(`There is no kind ${object.kind}.`);
  await applyObject(connection, type, object, { dryRun: false, force: true, manager });
}
