import type { LiveApplication, LiveOperation, LiveSource } from "../../../../server/src/protocol/observe";
import type { SourceOfApplication } from "../../../../server/src/protocol/sourceOfApplication";
import { type Application, sourcesOf } from "./application";
import { stateOf } from "./applicationState";

/** Longer messages are cut: a diagnostic is no place for a whole log, and thousands of them are sent. */
const longest = 2000;

/** What the language server has to know of an Application, and no more: thousands of them are sent to it. */
export function toLiveApplication(application: Application): LiveApplication {
  const { metadata, spec, status } = application;
  const { sync, health, activity } = stateOf(application);
  const revisions = status?.sync?.revisions ?? [];
  const { server, name, namespace } = spec?.destination ?? {};
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? "",
    project: spec?.project,
    ...{ sync, health },
    ...(activity !== "" && { activity }),
    revision: status?.sync?.revision || revisions[0] || undefined,
    sources: sourcesOf(spec).map((source, i) => toSource(source, revisions[i])),
    destination: spec?.destination && { server, name, namespace },
    conditions: (status?.conditions ?? []).map(({ type, message }) => ({ type, message: shorten(message) })),
    operation: operationOf(application),
    ...(status?.summary?.images !== undefined && { images: status.summary.images }),
  };
}

function toSource(
  { repoURL, path, targetRevision, chart }: SourceOfApplication,
  revision: string | undefined,
): LiveSource {
  return { repoURL, path, targetRevision, chart, revision };
}

function operationOf({ status }: Application): LiveOperation | undefined {
  const state = status?.operationState;
  if (state?.phase === undefined) return undefined;
  const failures = (state.syncResult?.resources ?? []).map(({ group, kind, namespace, name, message }) => {
    return { group: group ?? "", kind, namespace: namespace ?? "", name, message: shorten(message ?? "") };
  });
  const message = state.message === undefined ? undefined : shorten(state.message);
  return { phase: state.phase, message, revision: state.syncResult?.revision, failures };
}

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
