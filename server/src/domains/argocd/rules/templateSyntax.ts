import { documentOf, fixOf, replaceFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import type { ApplicationSet } from "../../../argocd/applicationSet";
import { hasParameter, type Parameters, parametersOf } from "../../../argocd/parameters";
import { findActions, type TemplateAction } from "../../../argocd/templateText";
import { insertEntry } from "../../../yaml/edit";
import { getValue } from "../../../yaml/node";
import { applicationSetsOf, placeOfText, renderedParts, textsBelow } from "../applicationSets";
import { applicationSetSample, templateLines } from "../samples";

const sample = (name: string): string =>
  applicationSetSample("goTemplate: true", "generators:", "- clusters: {}", ...templateLines(`'shop-{{${name}}}'`));

/** A parameter in the words of the other kind of template. */
export const templateSyntax: Rule = {
  code: "argocd/template-syntax",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      const other = parametersOf(set.generators, !set.goTemplate);
      for (const { node } of renderedParts(set)) {
        for (const scalar of textsBelow(node)) {
          if (!scalar.text.includes("{{")) continue;
          for (const action of findActions(scalar.text, set.goTemplate)) {
            const hit = set.goTemplate ? plainInGo(action, other) : goInPlain(action, set, other);
            const end = action.codeStart + action.code.length;
            if (hit !== undefined) yield { ...hit, place: placeOfText(scalar, action.codeStart, end) };
          }
        }
      }
    }
  },
  docs: {
    summary: "A template of an ApplicationSet writes a parameter as the other kind of template does.",
    explanation:
      "With `goTemplate: true` a parameter has a dot in front: `{{.name}}`, `{{.path.basename}}`, and the path itself is `{{.path.path}}`. Argo CD refuses `{{name}}` then. Without `goTemplate` it is `{{name}}`, and anything else stays as it is written.",
    bad: sample("name"),
    good: sample(".name"),
  },
  fix(finding, context) {
    const word = finding.data?.["word"];
    if (typeof word === "string") return [replaceFix(`Change to '${word}'`, finding, word)];
    const document = documentOf(finding, context);
    if (finding.data?.["goTemplate"] !== true || document === undefined) return [];
    if (getValue(getValue(document.root, "spec"), "goTemplate") !== undefined) return [];
    const edits = insertEntry(document, ["spec"], { key: "goTemplate", value: true, at: 0 });
    return fixOf("Use templates of Go", document.file, edits);
  },
};

/** Words of Go's templates that stand alone. */
const goWords = /^(?:end|else|break|continue|now|uuidv4|env|hello)$/;

function plainInGo({ code }: TemplateAction, plain: Parameters): Omit<Hit, "place"> | undefined {
  if (!/^[A-Za-z_][\w.-]*(?:\[\d+\])?$/.test(code) || goWords.test(code)) return undefined;
  const isKnown = plain.names.has(code) || /[.[]/.test(code) || hasParameter({ ...plain, open: false }, code);
  if (!isKnown && !plain.open) return undefined;
  const word = inGo(code);
  return {
    message: `\`{{${code}}}\` is no template of Go, which \`goTemplate\` asks for.`,
    help: `Write \`{{${word}}}\`.`,
    data: { word },
  };
}

/** The same parameter in a template of Go: of a git generator, `path` is a map. */
function inGo(code: string): string {
  const [, path, at] = /^((?:.+\.)?path)(?:\[(\d+)\])?$/.exec(code) ?? [];
  if (path === undefined) return `.${code}`;
  return at === undefined ? `.${path}.path` : `index .${path}.segments ${at}`;
}

function goInPlain(
  { code }: TemplateAction,
  { generators }: ApplicationSet,
  go: Parameters,
): Omit<Hit, "place"> | undefined {
  const name = /^\.((?:[A-Za-z_]\w*)(?:\.[A-Za-z_]\w*)*)$/.exec(code)?.[1];
  // Braces with a dot may be for somebody else, unless the generators give such a parameter.
  if (name === undefined || generators.length === 0 || !hasParameter({ ...go, open: false }, name)) return undefined;
  return {
    message: `\`{{${code}}}\` stays as it is: the ApplicationSet has no templates of Go.`,
    help: `Add \`goTemplate: true\`, or write \`{{${name}}}\`.`,
    severity: "warning",
    data: { goTemplate: true },
  };
}
