import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "./temporaryFolder";

/** A real git repository that is gone after the test. */
export interface GitRepository {
  readonly root: string;
  /** Runs git in it and gives what it prints, without the last line break. Throws when git fails. */
  git(...args: readonly string[]): string;
  write(files: Readonly<Record<string, string>>): void;
}

/** Makes a work tree on the branch `main` with these files in a first commit, or without any commit when there are none. */
export function gitRepository(files: Readonly<Record<string, string>> = {}): GitRepository {
  const repository = repositoryAt(temporaryFolder({}));
  initialize(repository, ".git/", "false");
  if (Object.keys(files).length > 0) {
    repository.write(files);
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "First");
  }
  return repository;
}

/** A repository without a work tree, to push to; it has what `source` has on `main`. */
export function bareRepository(source: GitRepository): GitRepository {
  const bare = repositoryAt(temporaryFolder({}));
  initialize(bare, "", "true");
  for (const name of ["objects", "refs/heads/main"]) {
    cpSync(join(source.root, ".git", name), join(bare.root, name), { recursive: true });
  }
  return bare;
}

/**
 * What `git init` does, faster. Whatever the machine's configuration says, tests sign nothing and are nobody in particular. Newer gits tidy up in the
 * background after a commit or a push, and must not do so in a folder that is just being removed.
 */
function initialize({ root, write }: GitRepository, folder: string, bare: string): void {
  const core = `[core]\n\trepositoryformatversion = 0\n\tbare = ${bare}\n`;
  const person = "[user]\n\tname = Test\n\temail = test@example.com\n[commit]\n\tgpgSign = false\n";
  const quiet = "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n";
  write({ [`${folder}HEAD`]: "ref: refs/heads/main\n", [`${folder}config`]: core + person + quiet });
  for (const name of ["objects", "refs/heads"]) mkdirSync(join(root, folder, name), { recursive: true });
}

/** The repository in a folder that git made already, for example by `git worktree add`. */
export function repositoryAt(root: string): GitRepository {
  return {
    root,
    git: (...args) =>
      execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd(),
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
    },
  };
}

/** Puts a hook in the way of a repository; `script` is a shell script without its first line. */
export function addHook({ git, root }: GitRepository, name: string, script: string): void {
  const path = join(root, git("rev-parse", "--git-path", `hooks/${name}`));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
