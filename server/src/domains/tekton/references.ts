import type { NameReference, ReferenceTarget } from "../../analysis/nameReference";

const tekton = "tekton.dev";
const triggers = "triggers.tekton.dev";

/** A name counts only where no resolver looks for it elsewhere. */
const local = { resolver: [""], bundle: [""] };

const task: ReferenceTarget = {
  kindField: "kind",
  defaultKind: "Task",
  groupField: "apiVersion",
  defaultGroup: tekton,
};
const object = (kind: string, group = ""): ReferenceTarget => ({ group, kind });

type Path = readonly string[];
type Found = Pick<NameReference, "path" | "to" | "when" | "optionalField">;

const within = (prefix: Path, references: readonly Found[]): readonly Found[] =>
  references.map((each) => ({ ...each, path: [...prefix, ...each.path] }));

/** The fields of volumes that name other objects: those of pods, and those that runs bind to workspaces. */
const volume: readonly Found[] = [
  { path: ["persistentVolumeClaim", "claimName"], to: object("PersistentVolumeClaim") },
  { path: ["configMap", "name"], to: object("ConfigMap"), optionalField: "optional" },
  { path: ["secret", "secretName"], to: object("Secret"), optionalField: "optional" },
  { path: ["projected", "sources", "*", "configMap", "name"], to: object("ConfigMap"), optionalField: "optional" },
  { path: ["projected", "sources", "*", "secret", "name"], to: object("Secret"), optionalField: "optional" },
];

const environment: readonly Found[] = [
  { path: ["env", "*", "valueFrom", "secretKeyRef", "name"], to: object("Secret"), optionalField: "optional" },
  { path: ["env", "*", "valueFrom", "configMapKeyRef", "name"], to: object("ConfigMap"), optionalField: "optional" },
  { path: ["envFrom", "*", "secretRef", "name"], to: object("Secret"), optionalField: "optional" },
  { path: ["envFrom", "*", "configMapRef", "name"], to: object("ConfigMap"), optionalField: "optional" },
];

const taskSpec: readonly Found[] = [
  { path: ["steps", "*", "ref", "name"], to: object("StepAction", tekton), when: { resolver: [""] } },
  ...within(["volumes", "*"], volume),
  ...within(["steps", "*"], environment),
  ...within(["sidecars", "*"], environment),
  ...within(["stepTemplate"], environment),
];

const pipelineTask: readonly Found[] = [
  { path: ["taskRef", "name"], to: task, when: local },
  { path: ["pipelineRef", "name"], to: object("Pipeline", tekton), when: local },
  ...within(["taskSpec"], taskSpec),
];

const pipelineSpec: readonly Found[] = [
  ...within(["tasks", "*"], pipelineTask),
  ...within(["finally", "*"], pipelineTask),
];

const serviceAccount = object("ServiceAccount");

const podTemplate: readonly Found[] = [
  { path: ["imagePullSecrets", "*", "name"], to: object("Secret") },
  ...within(["volumes", "*"], volume),
];

const run: readonly Found[] = [
  { path: ["serviceAccountName"], to: serviceAccount },
  ...within(["workspaces", "*"], volume),
  ...within(["podTemplate"], podTemplate),
];

const taskRun: readonly Found[] = [
  ...run,
  { path: ["taskRef", "name"], to: task, when: local },
  ...within(["taskSpec"], taskSpec),
];

const pipelineRun: readonly Found[] = [
  ...run,
  { path: ["pipelineRef", "name"], to: object("Pipeline", tekton), when: local },
  { path: ["taskRunTemplate", "serviceAccountName"], to: serviceAccount },
  ...within(["taskRunTemplate", "podTemplate"], podTemplate),
  { path: ["taskRunSpecs", "*", "serviceAccountName"], to: serviceAccount },
  { path: ["taskRunSpecs", "*", "taskServiceAccountName"], to: serviceAccount },
  ...within(["pipelineSpec"], pipelineSpec),
];

const trigger: readonly Found[] = [
  {
    path: ["bindings", "*", "ref"],
    to: { kindField: "kind", defaultKind: "TriggerBinding", defaultGroup: triggers },
  },
  { path: ["template", "ref"], to: object("TriggerTemplate", triggers) },
  { path: ["serviceAccountName"], to: serviceAccount },
  {
    path: ["interceptors", "*", "ref", "name"],
    to: { kindField: "kind", defaultKind: "ClusterInterceptor", defaultGroup: triggers },
  },
  { path: ["interceptors", "*", "webhook", "objectRef", "name"], to: object("Service") },
];

const eventListener: readonly Found[] = [
  { path: ["serviceAccountName"], to: serviceAccount },
  { path: ["triggers", "*", "triggerRef"], to: object("Trigger", triggers) },
  ...within(["triggers", "*"], trigger),
];

const from = (group: string, kinds: readonly string[], references: readonly Found[]): readonly NameReference[] =>
  references.map((each) => ({ ...each, path: ["spec", ...each.path], from: { group, kinds } }));

/** The fields of Tekton's objects that name other objects. Upstream: pkg/apis/pipeline/v1, pkg/apis/triggers/v1beta1. */
export const tektonReferences: readonly NameReference[] = [
  ...from(tekton, ["Task", "ClusterTask"], taskSpec),
  ...from(tekton, ["Pipeline"], pipelineSpec),
  ...from(tekton, ["TaskRun"], taskRun),
  ...from(tekton, ["PipelineRun"], pipelineRun),
  ...from(tekton, ["CustomRun"], run),
  ...from(triggers, ["EventListener"], eventListener),
  ...from(triggers, ["Trigger"], trigger),
  ...from(
    triggers,
    ["TriggerTemplate"],
    within(["resourcetemplates", "*", "spec"], unique([...taskRun, ...pipelineRun])),
  ),
];

/** Templates hold runs of both kinds. */
function unique(references: readonly Found[]): readonly Found[] {
  const seen = new Map(references.map((each) => [each.path.join("/"), each]));
  return [...seen.values()];
}
