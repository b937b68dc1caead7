import { posix } from "node:path";
import { findCycles } from "./cycles";
import { type Module, readModules, withoutComments } from "./modules";
import * as table from "./table";

/** All that is wrong with the structure of the given files, one sentence each. Paths are relative to the project. */
export function findViolations(sources: ReadonlyMap<string, string>): readonly string[] {
  const modules = readModules(sources);
  const perModule = [
    checkLadder,
    checkClient,
    checkSlices,
    checkPackages,
    checkNodeNames,
    checkOutward,
    checkOutwardPorts,
    checkName,
    checkSize,
    checkState,
  ];
  return [...modules.flatMap((module) => perModule.flatMap((check) => check(module))), ...findCycles(modules)];
}

/** The room of a file of the server; files directly in `server/src` are the entries. */
function roomOf(path: string): string | undefined {
  const [server, src, room, ...rest] = path.split("/");
  if (server !== "server" || src !== "src" || room === undefined) return undefined;
  return rest.length === 0 ? "entries" : room;
}

function checkLadder(module: Module): string[] {
  const room = roomOf(module.path);
  if (room === undefined) return [];
  const rung = rungOf(room);
  if (rung < 0) return [`${module.path}: the room ${room} is not in the ladder`];
  return module.imports.flatMap(({ target }) => {
    const wanted = target === undefined ? undefined : roomOf(target);
    if (target === undefined || wanted === room) return [];
    if (wanted === undefined) {
      const isData = target.startsWith("schemas/") && room === "schema";
      return isData ? [] : [`${module.path} imports ${target}, which is outside the server`];
    }
    const allowed = table.onlyFrom.get(room);
    if (allowed !== undefined && !allowed.includes(wanted)) return [`${module.path}: ${room} may not import ${wanted}`];
    if (rungOf(wanted) >= rung) return [`${module.path}: ${room} may not import ${wanted}`];
    if (!target.startsWith("server/src/platform/node/") || isIn(module.path, table.mayImportNodeAdapters)) return [];
    return [`${module.path} imports ${target}: only entries know the adapters to Node`];
  });
}

function rungOf(room: string): number {
  return table.ladder.findIndex((rooms) => rooms.includes(room));
}

function checkClient(module: Module): string[] {
  if (!module.path.startsWith("client/")) return [];
  return module.imports
    .filter(({ target }) => target?.startsWith("server/") === true && !target.startsWith(table.sharedWithClient))
    .map(({ target }) => `${module.path} imports ${target}: the client knows only ${table.sharedWithClient}`);
}

function checkSlices(module: Module): string[] {
  return table.slices.flatMap((folder) => {
    const own = sliceOf(module.path, folder);
    if (own === undefined) return [];
    return module.imports.flatMap(({ target = "" }) => {
      const other = sliceOf(target, folder);
      return other === undefined || other === own ? [] : [`${module.path}: the slice ${own} may not import ${other}`];
    });
  });
}

/** The sub-folder of `folder` that a file lies in; files directly in it are shared by all slices. */
function sliceOf(path: string, folder: string): string | undefined {
  const parts = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split("/") : [];
  return parts.length > 1 ? parts[0] : undefined;
}

function checkPackages(module: Module): string[] {
  return module.imports.flatMap(({ specifier, target }) => {
    if (target !== undefined) return [];
    const name = specifier.startsWith("node:") ? "node:" : packageOf(specifier);
    const allowed = table.packages.get(name);
    const isForbidden = isIn(module.path, table.forbidden.get(name) ?? []);
    if (allowed !== undefined && isIn(module.path, allowed) && !isForbidden) return [];
    return [`${module.path} may not import ${specifier}`];
  });
}

/** `vscode-languageserver/node` and `@kubernetes/client-node/x` belong to the packages before the slash. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function checkNodeNames(module: Module): string[] {
  if (!module.path.startsWith("server/") || isIn(module.path, table.mayUseNode)) return [];
  const used = /(?<![.\w"'`-])(process|console|Buffer|__dirname|__filename)\s*\./.exec(withoutComments(module.text));
  return used === null ? [] : [`${module.path} uses ${used[1]}: only entries and adapters may`];
}

/** What starts programs or reaches other machines: built-in modules, and names that browsers have too (ports may be called so). */
function checkOutward(module: Module): string[] {
  if (!module.path.startsWith("server/") || isIn(module.path, table.mayReachOut)) return [];
  const named = module.imports.map(({ specifier }) => specifier).filter((name) => table.outwardModules.includes(name));
  const called = /(?<![.\w"'`-])(fetch|WebSocket|EventSource|XMLHttpRequest)\((?!\w+: )/.exec(
    withoutComments(module.text),
  )?.[1];
  return [...named, ...(called === undefined ? [] : [called])].map(
    (name) =>
      `${module.path} uses ${name}: only the adapters for trusted workspaces start programs and open connections`,
  );
}

/** Ports to the outside stay in the hands of those whose work needs them. */
function checkOutwardPorts({ path, imports }: Module): string[] {
  if (!path.startsWith("server/")) return [];
  return imports.flatMap(({ target = "" }) => {
    const users = table.outwardPorts.get(target);
    if (users === undefined || isIn(path, users)) return [];
    return [`${path} imports ${target}: it may not start programs nor reach other machines`];
  });
}

function checkName({ path }: Module): string[] {
  const name = posix.basename(path, ".ts");
  return table.badNames.includes(name) ? [`${path}: a file is named after what it holds`] : [];
}

function checkSize({ path, text }: Module): string[] {
  const lines = text.split("\n").length - 1;
  const isData = table.dataFolders.some((folder) => path.startsWith(folder));
  return lines <= table.mostLines || isData ? [] : [`${path} has ${lines} lines: split it (${table.mostLines})`];
}

/** Nothing is created at import time that could change: state belongs to objects that an entry wires. */
function checkState({ path, text }: Module): string[] {
  const mutable = /^(?:export )?(?:let|var) (\w+)/m.exec(text);
  return mutable === null ? [] : [`${path}: ${mutable[1]} is state of the module`];
}

function isIn(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`));
}
