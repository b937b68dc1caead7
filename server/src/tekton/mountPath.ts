import { type NamedField, scalarAt } from "./field";

/** A path as Go's `filepath.Clean` leaves it: without `.`, `..`, and slashes that do nothing. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!isAbsolute) parts.push(part);
  }
  const clean = parts.join("/");
  return isAbsolute ? `/${clean}` : clean || ".";
}

/** Where the workspace of a Task is mounted: its `mountPath`, or `/workspace/` and its name. */
export function mountPathOf({ node, name }: NamedField): string {
  return cleanPath(scalarAt(node, "mountPath")?.text || `/workspace/${name}`);
}
