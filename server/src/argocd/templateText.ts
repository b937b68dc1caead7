/** A name that a template uses. */
export interface TemplateName {
  /** Without a dot in front, for example `path.basename`. */
  readonly name: string;
  /** Where it stands in the text, a dot in front included. */
  readonly start: number;
  readonly end: number;
  /** It may be missing: it stands in a condition or below one, or a function gives a default for it. */
  readonly conditional: boolean;
}

/** One `{{ … }}`. */
export interface TemplateAction {
  readonly start: number;
  readonly end: number;
  /** What stands between the braces, without blanks and the `-` that eats them. */
  readonly code: string;
  /** Where `code` begins. */
  readonly codeStart: number;
}

/** The actions of a template. In one of Go, braces in quotes belong to the text. */
export function findActions(text: string, goTemplate: boolean): readonly TemplateAction[] {
  const actions: TemplateAction[] = [];
  const pattern = goTemplate
    ? /\{\{(?:-\s)?((?:"(?:\\.|[^"\\\n])*"|`[^`]*`|(?!\}\})[\s\S])*?)(?:\s-)?\}\}/g
    : /\{\{([\s\S]*?)\}\}/g;
  for (const match of text.matchAll(pattern)) {
    const inner = match[1] ?? "";
    const code = inner.trim();
    const codeStart = match.index + match[0].indexOf(inner, 2) + inner.indexOf(code);
    actions.push({ start: match.index, end: match.index + match[0].length, code, codeStart });
  }
  return actions;
}

/** The names in a template that knows only `{{name}}`. What does not look like a name is for somebody else. */
export function findPlainNames(text: string): readonly TemplateName[] {
  return findActions(text, false).flatMap(({ code, codeStart }) =>
    /^[\w][\w.\-/[\]]*$/.test(code)
      ? [{ name: code, start: codeStart, end: codeStart + code.length, conditional: false }]
      : [],
  );
}

/** Functions that are asked about what may be missing. */
const forgiving = /\b(?:default|dig|hasKey|coalesce|or|and|not|empty|ternary|get|pluck|kindIs|typeIs)\b/;

interface Block {
  /** `.` is something else in it. */
  changesDot: boolean;
  readonly isCondition: boolean;
}

/** The names that a template of Go looks up in the parameters: `.name`, and `$.name` where `.` is something else. */
export function findGoNames(text: string): readonly TemplateName[] {
  const names: TemplateName[] = [];
  const blocks: Block[] = [];
  for (const action of findActions(text, true)) {
    const { code } = action;
    if (code.startsWith("/*")) continue;
    const word = /^[a-z]+/.exec(code)?.[0];
    const top = blocks.at(-1);
    if (word === "end") {
      blocks.pop();
      continue;
    }
    if (word === "else" && top !== undefined) top.changesDot = false;
    const conditional =
      blocks.some(({ isCondition }) => isCondition) || /^(?:else\s+)?(?:if|with)\b/.test(code) || forgiving.test(code);
    const dotIsRoot = blocks.every(({ changesDot }) => !changesDot);
    names.push(...namesIn(action, dotIsRoot, conditional));
    if (word === "if") blocks.push({ changesDot: false, isCondition: true });
    else if (word === "with") blocks.push({ changesDot: true, isCondition: true });
    else if (word === "range" || word === "define" || word === "block") {
      blocks.push({ changesDot: true, isCondition: false });
    }
  }
  return names;
}

/** Text in quotes, or a chain of fields with what it hangs on. */
const piece = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|([\w)$\]]*)((?:\.[A-Za-z_]\w*)+)/g;

function namesIn(
  { code, codeStart }: TemplateAction,
  dotIsRoot: boolean,
  conditional: boolean,
): readonly TemplateName[] {
  const names: TemplateName[] = [];
  for (const match of code.matchAll(piece)) {
    const [, before = "", chain] = match;
    if (chain === undefined || !(before === "$" || (before === "" && dotIsRoot))) continue;
    const start = codeStart + match.index + before.length;
    names.push({ name: chain.slice(1), start, end: start + chain.length, conditional });
  }
  return names;
}
