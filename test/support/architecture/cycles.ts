import type { Module } from "./modules";

/** Import cycles between files, imports of types included; each is told once, as the way around it. */
export function findCycles(modules: readonly Module[]): readonly string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") {
      found.push(`import cycle: ${[...way.slice(way.indexOf(path)), path].join(" -> ")}`);
      return;
    }
    state.set(path, "open");
    for (const { target } of byPath.get(path)?.imports ?? []) {
      if (target !== undefined && byPath.has(target)) visit(target, [...way, path]);
    }
    state.set(path, "done");
  };
  for (const { path } of modules) visit(path, []);
  return found;
}
