import { readBlockScalar } from "./fastScalar";

/**
 * What becomes of a folded scalar (`>`) upstream. Kustomize writes every object with go-yaml v3 and reads it again before it
 * prints it, and that emitter decides by the wrong line whether a break must be doubled: it looks at the first line of the
 * text instead of the next one. Where lines are indented deeper than the others, each passage adds or loses empty lines.
 */
export function refold(value: string): string {
  if (!value.includes("\n") || !canBeBlock(value)) return value;
  const doubles = !/^\n*[ \t]/.test(value) && !/^\n*$/.test(value);
  let body = "";
  let deeper = true;
  for (const line of value.split(/(?<=\n)/)) {
    const text = line.endsWith("\n") ? line.slice(0, -1) : line;
    if (text !== "") deeper = text.startsWith(" ") || text.startsWith("\t");
    body += text === "" ? "" : `  ${text}`;
    if (line.endsWith("\n")) body += text !== "" && !deeper && doubles ? "\n\n" : "\n";
  }
  const written = `>${header(value)}\n${body}`;
  return readBlockScalar(written, 0, 0, written.length).value;
}

/** Whether go-yaml v3 writes a text as a block of lines; others it puts in double quotes, whatever their style was. */
export function canBeBlock(value: string): boolean {
  return !value.endsWith(" ") && !/ \n|[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd]|\ufeff/.test(value);
}

function header(value: string): string {
  const indentation = /^[ \n]/.test(value) ? "2" : "";
  const chomping = !value.endsWith("\n") ? "-" : value.endsWith("\n\n") || value === "\n" ? "+" : "";
  return indentation + chomping;
}
