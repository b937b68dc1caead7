import { type DockerRegistry, startDockerRegistry } from "../../support/dockerRegistry";
import installDockerRegistry from "../../support/installDockerRegistry";
import { pushImage } from "../../support/pushImage";
import { emptyFolder, type WorkspaceFolder } from "./exampleCopy";

/** A team's repository beside a real registry that has its images. */
export interface ImageWorkspace extends WorkspaceFolder {
  readonly registry: DockerRegistry;
  /** The team's own image, without tag; `dev` and `prod` pin the digest of build 1, `stage` writes its tag. */
  readonly image: string;
  /** The digest of build 1. */
  readonly first: string;
  /** A build of the pipeline: the image under its number, and under `latest`. Gives its digest. */
  push(build: number): Promise<string>;
}

/** The dates of builds; one a day. */
const builtAt = (build: number): string => `2026-11-${String(10 + (build % 12)).padStart(2, "0")}T08:00:00Z`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: person-service
spec:
  selector:
    matchLabels: {app: person-service}
  template:
    metadata:
      labels: {app: person-service}
    spec:
      containers:
      - name: person-service
        image: person-service
`;

const task = (image: string): string => `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  steps:
    - name: build   # as in the other tasks
      image: ${image}
      script: make
`;

/** Starts a registry with build 1 of a service and versions 1.0 to 1.12 of a tool, and writes a repository with three stages that run them. */
export async function openImageWorkspace(): Promise<ImageWorkspace> {
  installDockerRegistry();
  const registry = await startDockerRegistry();
  const workspace = emptyFolder("config");
  const image = `${registry.host}/team/person-service`;
  const tool = `${registry.host}/team/tool`;
  const pushAs = async (name: string, build: number, ...tags: readonly string[]): Promise<string> => {
    const labels = {
      "org.opencontainers.image.source": "https://example.com/team/person-service",
      "org.opencontainers.image.revision": `3f9e2a1b7c5d${build}`,
    };
    const platform = { labels, created: builtAt(build), layer: `build ${build}` };
    const platforms = [
      { os: "linux", architecture: "amd64", ...platform },
      { os: "linux", architecture: "arm64", ...platform },
    ] as const;
    let digest = "";
    for (const tag of tags) ({ digest } = await pushImage(name, { tag, format: "oci", platforms }));
    return digest;
  };
  const push = (build: number): Promise<string> => pushAs(image, build, `build-${build}`, "latest");
  const first = await push(1);
  for (let minor = 0; minor <= 12; minor++) await pushAs(tool, minor, `1.${minor}`);
  workspace.write("base/deployment.yaml", deployment);
  workspace.write("base/kustomization.yaml", "resources:\n- deployment.yaml\n");
  workspace.write("tekton/build.yaml", task(`${tool}:1.0`));
  const versions = { dev: `digest: "${first}"`, stage: "newTag: build-1", prod: `digest: "${first}"` };
  for (const [stage, version] of Object.entries(versions)) {
    workspace.write(
      `overlays/${stage}/kustomization.yaml`,
      `# The overlay of ${stage}\nresources:\n  - ../../base   # all that stages share\n\n# The pipeline writes the digest of each build here.\nimages:\n  - name: person-service\n    newName: ${image}\n    ${version}  # the last build\n\nnamespace: book-${stage}\n`,
    );
  }
  return { ...workspace, registry, image, first, push };
}
