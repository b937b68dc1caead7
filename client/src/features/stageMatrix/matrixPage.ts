/** The page of the panel: no table yet. It loads nothing, and runs and styles nothing that lacks the nonce. */
export function matrixPage(nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Stage Matrix</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<div id="bar">
<button id="lookUp" title="Ask the registries for the tags of these images">Ask Registries</button>
<button id="refresh">Refresh</button>
<span id="state" role="status" aria-live="polite">Reading the overlays…</span>
</div>
<main id="table"></main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

const style = `
body { margin: 0; padding: 0; height: 100vh; display: flex; flex-direction: column; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); }
#bar { flex: none; padding: .75rem 1rem; display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
/* It scrolls below the bar, and what the head and the first column cover counts as out of sight. */
main { flex: 1; overflow: auto; padding: 0 1rem 1rem; scroll-padding: 3.5rem 1rem 1rem 15rem; }
button { border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; padding: .25rem .75rem; font: inherit; cursor: pointer;
  color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
button:hover { background: var(--vscode-button-secondaryHoverBackground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
h2 { position: sticky; left: 0; width: fit-content; font-size: 1.1em; font-weight: 600; margin: 1rem 0 .5rem; }
h2:first-child, p:first-child { margin-top: 0; }
#state, .words, .note, .registry, .none { color: var(--vscode-descriptionForeground); }
.note { max-width: 60rem; }
table, th, td { border: 0 solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8888)); }
/* Where borders are collapsed, what scrolls shines through what stays. */
table { border-collapse: separate; border-spacing: 0; border-width: 1px 0 0 1px; }
th, td { border-width: 0 1px 1px 0; padding: .4rem .75rem; text-align: left; vertical-align: top;
  max-width: 22rem; overflow-wrap: anywhere; }
thead th { position: sticky; top: 0; z-index: 1;
  background: linear-gradient(var(--vscode-keybindingTable-headerBackground, transparent) 0 100%), var(--vscode-editor-background); }
thead th:first-child { z-index: 2; }
th { font-weight: 600; }
th:first-child { position: sticky; left: 0; }
th[scope=row] { background: var(--vscode-editor-background); min-width: clamp(9rem, 25vw, 14rem); }
td { min-width: 7rem; }
th .words { font-weight: normal; }
[aria-haspopup] { cursor: pointer; }
[aria-haspopup]:hover { background: var(--vscode-list-hoverBackground); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); outline-offset: -2px; }
[data-row]:focus { outline: 2px solid var(--vscode-focusBorder); outline-offset: -2px; }
.tag { font-weight: 600; }
.words, .live { display: block; font-size: .9em; margin-top: .2em; }
code { font-family: var(--vscode-editor-font-family); font-size: .95em; color: inherit; background: none; padding: 0; }
`;

/** Keys move one focus through the table; Enter, the menu key and a click ask for the menu of a cell. */
const script = `
{
  const vscode = acquireVsCodeApi();
  const main = document.getElementById("table");
  let shown = 0;
  const at = () => vscode.getState() || { group: 0, row: 0, column: 0 };
  const cells = (group) => [...main.querySelectorAll('[data-group="' + group + '"]')];
  const positionOf = ({ dataset }) => ({ group: Number(dataset.group), row: Number(dataset.row), column: Number(dataset.column) });
  const find = ({ group, row, column }) =>
    main.querySelector('[data-group="' + group + '"][data-row="' + row + '"][data-column="' + column + '"]');
  function choose(cell, focus) {
    const position = positionOf(cell);
    for (const each of cells(position.group)) each.tabIndex = -1;
    cell.tabIndex = 0;
    if (!focus) return;
    vscode.setState(position);
    cell.focus();
  }
  function ask(cell) {
    choose(cell, true);
    if (cell.ariaHasPopup) vscode.postMessage({ type: "menu", version: shown, ...positionOf(cell) });
  }
  main.addEventListener("focusin", ({ target }) => {
    const cell = target.closest("[data-row]");
    if (cell) {
      choose(cell, false);
      vscode.setState(positionOf(cell));
    }
  });
  main.addEventListener("click", ({ target }) => {
    const cell = target.closest("[data-row]");
    if (cell) ask(cell);
  });
  main.addEventListener("contextmenu", (event) => {
    const cell = event.target.closest("[data-row]");
    if (!cell) return;
    event.preventDefault();
    ask(cell);
  });
  main.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-row]");
    if (!cell) return;
    const { group, row, column } = positionOf(cell);
    const all = cells(group);
    const inRow = all.filter((each) => positionOf(each).row === row);
    const inColumn = all.filter((each) => positionOf(each).column === column);
    const moves = {
      ArrowRight: find({ group, row, column: column + 1 }), ArrowLeft: find({ group, row, column: column - 1 }),
      ArrowDown: find({ group, row: row + 1, column }), ArrowUp: find({ group, row: row - 1, column }),
      Home: event.ctrlKey ? all[0] : inRow[0], End: event.ctrlKey ? all.at(-1) : inRow.at(-1),
      PageUp: inColumn[0], PageDown: inColumn.at(-1),
    };
    if (event.key in moves) {
      event.preventDefault();
      if (moves[event.key]) choose(moves[event.key], true);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      ask(cell);
    }
  });
  for (const id of ["lookUp", "refresh"]) {
    document.getElementById(id).addEventListener("click", () => vscode.postMessage({ type: id }));
  }
  // While another part of VS Code has the focus, nothing here has it: the cell that had it last waits to get it back.
  let isWaiting = false;
  main.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget === null && target.closest("[data-row]")) isWaiting = true;
  });
  addEventListener("focusin", () => { isWaiting = false; });
  addEventListener("focus", () => {
    if (isWaiting && document.activeElement === document.body) find(at())?.focus();
  });
  addEventListener("message", ({ data }) => {
    const state = document.getElementById("state");
    // A screen reader says what is written there, the same words again too.
    if (data.state !== undefined && state.textContent !== data.state) state.textContent = data.state;
    if (data.table === undefined) return;
    // While a menu is open, nothing may take the focus from it; the cell gets it back with the panel.
    const hadFocus = document.hasFocus() && main.contains(document.activeElement);
    isWaiting ||= !document.hasFocus() && main.contains(document.activeElement);
    main.innerHTML = data.table;
    shown = data.version;
    // Each table is one stop of the Tab key.
    for (const first of main.querySelectorAll('[data-row="0"][data-column="0"], table:not(:has([data-row="0"])) [data-column="0"]')) {
      choose(first, false);
    }
    const cell = find(at());
    if (cell) choose(cell, hadFocus);
    else if (hadFocus) main.querySelector('[tabindex="0"]')?.focus();
  });
  vscode.postMessage({ type: "ready" });
}
`;
