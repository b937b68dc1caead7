import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { project } from "./vsCode";

export interface WorkspaceFolder {
  readonly folder: string;
  write(file: string, text: string): void;
  /** What is on disk now; nothing where there is no such file. */
  read(file: string): string | undefined;
  remove(): void;
}

/** A copy of the example that a test may break. */
export function copyExample(): WorkspaceFolder {
  const copy = emptyFolder("person-service");
  cpSync(path.join(project, "examples/person-service"), copy.folder, { recursive: true });
  return copy;
}

/** A new folder with nothing in it. */
export function emptyFolder(name = "workspace"): WorkspaceFolder {
  const parent = mkdtempSync(path.join(tmpdir(), "gitops-author-e2e-"));
  const folder = path.join(parent, name);
  mkdirSync(folder);
  return {
    folder,
    write: (file, text) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    },
    read: (file) => {
      const found = path.join(folder, file);
      return existsSync(found) ? readFileSync(found, "utf8") : undefined;
    },
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}
