import type { Kind } from "./childKinds";

const argocd = { group: "argoproj.io", version: "v1alpha1", namespaced: true };
const tekton = { group: "tekton.dev", version: "v1", namespaced: true };
const triggers = { group: "triggers.tekton.dev", version: "v1beta1", namespaced: true };

/** The kinds of Argo CD and Tekton that people who author them look for, beside Applications, which are watched in any case. */
export const ourKinds: readonly Kind[] = [
  { ...argocd, kind: "AppProject", plural: "appprojects" },
  { ...argocd, kind: "ApplicationSet", plural: "applicationsets" },
  { ...tekton, kind: "Pipeline", plural: "pipelines" },
  { ...tekton, kind: "Task", plural: "tasks" },
  { ...tekton, kind: "PipelineRun", plural: "pipelineruns" },
  { ...triggers, kind: "EventListener", plural: "eventlisteners" },
  { ...triggers, kind: "Trigger", plural: "triggers" },
  { ...triggers, kind: "TriggerTemplate", plural: "triggertemplates" },
  { ...triggers, kind: "TriggerBinding", plural: "triggerbindings" },
];
