import { didYouMean } from "../platform/didYouMean";

/** What is wrong in a policy, and where in its text. */
export interface PolicyMistake {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string;
  /** What to write there, where that is sure enough. */
  readonly suggestion?: string | undefined;
}

/** Resources that belong to a project: argo-cd `util/rbac`. */
const resources = ["applications", "applicationsets", "repositories", "clusters", "exec", "logs"];
const actions = ["get", "create", "update", "delete", "sync", "override", "rollback", "*"];

/** Finds what keeps a policy of a project's role from being one: argo-cd `pkg/apis/application/v1alpha1/types.go`, `validatePolicy`. */
export function findPolicyMistake(policy: string, project: string, role: string): PolicyMistake | undefined {
  const parts = splitParts(policy);
  const [kind, subject, resource, action, object, effect] = parts;
  const whole = { start: 0, end: policy.length };
  if (kind === undefined || subject === undefined || resource === undefined || action === undefined) {
    return { ...whole, message: `The policy has ${countOf(parts)}; it needs six.`, help: form };
  }
  if (object === undefined || effect === undefined || parts.length !== 6) {
    return { ...whole, message: `The policy has ${countOf(parts)}; it needs six.`, help: form };
  }
  if (kind.text !== "p") return wrong(kind, "begins a policy", ["p"]);
  const expected = `proj:${project}:${role}`;
  if (subject.text !== expected) {
    const message = `\`${subject.text}\` is not this role of this project.`;
    return { ...placed(subject), message, help: `Write \`${expected}\`.`, suggestion: expected };
  }
  if (!resources.includes(resource.text)) return wrong(resource, "is a resource of a project", resources);
  if (!actions.includes(action.text) && !/(?:action|update|delete)\//.test(action.text)) {
    return wrong(action, "is an action", actions);
  }
  const objects = object.text.startsWith(`${project}/`) ? object.text.slice(project.length + 1) : undefined;
  if (objects === undefined || !/^(?:[*\w.-]+\/)?[*\w.-]+$/.test(objects)) {
    const message = `\`${object.text}\` names nothing in the project \`${project}\`.`;
    return {
      ...placed(object),
      message,
      help: `Write \`${project}/*\`, or \`${project}/\` and the name of an Application.`,
    };
  }
  return effect.text === "allow" || effect.text === "deny"
    ? undefined
    : wrong(effect, "is an effect", ["allow", "deny"]);
}

const form = "Write `p, proj:PROJECT:ROLE, applications, sync, PROJECT/*, allow`.";

interface Part {
  readonly text: string;
  readonly start: number;
}

function splitParts(policy: string): readonly Part[] {
  let start = 0;
  return policy.split(",").map((written) => {
    const text = written.replace(/^ +| +$/g, "");
    const part = { text, start: start + written.length - written.replace(/^ +/, "").length };
    start += written.length + 1;
    return part;
  });
}

function placed({ start, text }: Part): { readonly start: number; readonly end: number } {
  return { start, end: start + text.length };
}

function countOf(parts: readonly Part[]): string {
  return parts.length === 1 ? "one part" : `${parts.length} parts`;
}

function wrong(part: Part, what: string, known: readonly string[]): PolicyMistake {
  const suggestion = known.length === 1 ? known[0] : didYouMean(part.text, known);
  const all = `Possible are ${known.map((word) => `\`${word}\``).join(", ")}.`;
  const help = suggestion === undefined ? all : `Did you mean \`${suggestion}\`?`;
  return { ...placed(part), message: `Nothing that ${what} is called \`${part.text}\`.`, help, suggestion };
}
