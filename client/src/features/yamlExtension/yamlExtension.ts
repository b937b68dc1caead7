import { type Disposable, extensions, type LogOutputChannel, workspace } from "vscode";
import { holdsOurKind, isKustomizationFile } from "../../ourDocuments";

/** Red Hat's YAML extension: completion, hover and checks for any YAML by JSON schemas. */
const yamlExtensionId = "redhat.vscode-yaml";

/** Its key for us, which is also the scheme of the schemas that we hand out. */
const contributor = "gitops-author";
const emptySchema = `${contributor}://schema/empty`;

/** The part of the API of Red Hat's YAML extension that is used here (its `schema-extension-api`). */
interface YamlExtensionApi {
  registerContributor(
    schema: string,
    requestSchema: (resource: string) => string | undefined,
    requestSchemaContent: (uri: string) => string,
  ): boolean;
}

export interface YamlExtensionOptions {
  readonly log: LogOutputChannel;
  /** Tells the language server whether plain YAML syntax errors are reported elsewhere. */
  readonly onSyntaxElsewhere: (elsewhere: boolean) => void;
}

/**
 * Keeps the peace with Red Hat's YAML extension: our documents get an empty schema there, so nothing is completed, hovered
 * or reported twice, and the syntax errors of plain YAML stay its business.
 */
export function activateYamlExtension({ log, onSyntaxElsewhere }: YamlExtensionOptions): Disposable {
  let registered = false;
  const meet = async (): Promise<void> => {
    const extension = extensions.getExtension<unknown>(yamlExtensionId);
    onSyntaxElsewhere(extension !== undefined);
    if (extension === undefined) {
      // It was uninstalled or disabled; should it come back, it no longer knows of us.
      registered = false;
      return;
    }
    if (registered) return;
    registered = true;
    const api = await extension.activate();
    if (!isYamlExtensionApi(api)) throw new Error("its API has no registerContributor");
    api.registerContributor(contributor, schemaFor, () => "{}");
    log.info(
      `${yamlExtensionId} ${String(extension.packageJSON.version)} is here: it reports the syntax errors of plain YAML.`,
    );
  };
  const meetQuietly = (): void => {
    meet().catch((error: unknown) => log.warn(`${yamlExtensionId}:`, String(error)));
  };
  meetQuietly();
  return extensions.onDidChange(meetQuietly);
}

/** The empty schema for a document of ours; any other document keeps what the YAML extension has for it. */
function schemaFor(resource: string): string | undefined {
  if (isKustomizationFile(resource)) return emptySchema;
  const document = workspace.textDocuments.find(({ uri }) => uri.toString() === resource);
  return document !== undefined && holdsOurKind(document.getText()) ? emptySchema : undefined;
}

function isYamlExtensionApi(api: unknown): api is YamlExtensionApi {
  return (
    typeof api === "object" &&
    api !== null &&
    "registerContributor" in api &&
    typeof api.registerContributor === "function"
  );
}
