import type { Finding, Fix } from "../../../analysis/finding";
import type { FixContext, Rule } from "../../../analysis/rule";
import { parseRepositoryUrl, type RepositoryUrl } from "../../../kustomize/remoteUrl";
import { baseName, parentPath } from "../../../platform/path";
import type { PathReference } from "../../../workspace/facts";
import type { Snapshot } from "../../../workspace/snapshot";
import { findReferences } from "../findReferences";

/** What comes from a repository without a `ref` changes when somebody pushes there. */
export const unpinnedRemote: Rule = {
  code: "kustomization/unpinned-remote",
  severity: "information",
  scope: "document",
  *check({ documents: [document] }) {
    if (document === undefined) return;
    for (const { text, target, place } of findReferences(document)) {
      const reason = target === undefined ? whyUnpinned(text) : undefined;
      if (reason === undefined) continue;
      yield { place, ...reason };
    }
  },
  docs: {
    summary: "A remote resource names no version.",
    explanation:
      "Without `?ref=` Kustomize takes the default branch of the repository, so what is deployed changes when somebody pushes there, and a rollback of this repository does not bring it back. A branch as `ref` has the same effect; a tag or commit pins it.",
    bad: "#- kustomization.yaml\nresources:\n- https://github.com/team/base//deploy\n",
    good: "#- kustomization.yaml\nresources:\n- https://github.com/team/base//deploy?ref=v1.2.3\n",
  },
  fix: pinAsElsewhere,
};

const branch = /^(?:main|master|HEAD|develop|trunk)$/;

type Reason = { readonly message: string; readonly help: string; readonly severity?: "hint" };

function whyUnpinned(url: string): Reason | undefined {
  const help = "Name a tag or a commit.";
  const repository = repositoryOf(url);
  if (repository === undefined) {
    const file =
      /^https?:\/\/(?:raw\.githubusercontent\.com\/[^/]+\/[^/]+|github\.com\/[^/]+\/[^/]+\/raw)\/(?:refs\/heads\/)?([^/]+)\//.exec(
        url,
      );
    if (file?.[1] !== undefined && branch.test(file[1])) {
      return { message: `The file is taken from the branch ${file[1]}, as it is at the moment.`, help };
    }
    if (!/^https?:\/\/github\.com\/[^/]+\/[^/]+\/releases\/latest\//.test(url)) return undefined;
    return { message: "The file is taken from the latest release, whichever that is.", help };
  }
  if (repository.ref === "") {
    return {
      message: "No version is named, so the default branch is taken as it is at the moment.",
      help: "Add `?ref=` with a tag or a commit.",
    };
  }
  if (!branch.test(repository.ref)) return undefined;
  return { message: `The branch ${repository.ref} is taken as it is at the moment.`, help, severity: "hint" };
}

/** The repository that a URL means; `undefined` for a file that is fetched by itself. */
function repositoryOf(url: string): RepositoryUrl | undefined {
  const path = url.replace(/\?.*$/s, "");
  const isFile = /^https?:\/\//i.test(url) && /\.(?:ya?ml|json)$/i.test(path);
  return isFile && !url.includes("?") ? undefined : parseRepositoryUrl(url);
}

/** The versions of the same repository that other kustomizations of the workspace name. */
function pinAsElsewhere({ place }: Finding, { snapshot }: FixContext): readonly Fix[] {
  const url = place.file.text.slice(place.start, place.end);
  const repository = repositoryOf(url);
  if (repository === undefined || repository.ref !== "" || url.includes("?")) return [];
  const found = new Map<string, PathReference>();
  for (const reference of remoteReferences(snapshot)) {
    const other = repositoryOf(reference.text);
    if (other === undefined || other.clone !== repository.clone || other.ref === "" || branch.test(other.ref)) continue;
    if (!found.has(other.ref)) found.set(other.ref, reference);
  }
  return [...found].slice(0, 3).map(([ref, { place: there }]) => ({
    title: `Add '?ref=${ref}', as in '${baseName(parentPath(there.file.path))}'`,
    edits: [{ place: { ...place, start: place.end }, text: `?ref=${ref}` }],
    preferred: found.size === 1,
  }));
}

function remoteReferences(snapshot: Snapshot): readonly PathReference[] {
  return snapshot.graph.kustomizations.flatMap(({ references }) =>
    references.filter(({ target }) => target === undefined),
  );
}
