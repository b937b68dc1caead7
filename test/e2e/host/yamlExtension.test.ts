import assert from "node:assert/strict";
import { extensions, languages } from "vscode";
import { activeExtension, closeAll, codeOf, fileUri, openFile, replace, until, untilDiagnostic } from "./workspace";

interface StandIn {
  schemaFor(resource: string): string | undefined;
  contentOf(schema: string): string | undefined;
}

/** Runs beside `standIns/redHatYaml`, which answers to the name of Red Hat's YAML extension. */
describe("beside a stand-in for Red Hat's YAML extension", () => {
  let yaml: StandIn;

  before(async () => {
    await activeExtension();
    const extension = extensions.getExtension<StandIn>("redhat.vscode-yaml");
    assert(extension, "the stand-in is installed");
    yaml = await extension.activate();
  });
  afterEach(closeAll);

  it("asks it for an empty schema for a kustomization file, open or not", async () => {
    const uri = fileUri("config/base/kustomization.yaml").toString();
    const schema = await until(() => yaml.schemaFor(uri), extensions.onDidChange, languages.onDidChangeDiagnostics);
    assert.equal(yaml.contentOf(schema), "{}");
  });

  it("asks it for an empty schema for an open document of our kinds", async () => {
    const { document } = await openFile("config/base/deployment.yaml");
    assert.equal(yaml.contentOf(yaml.schemaFor(document.uri.toString()) ?? ""), "{}");
  });

  it("leaves other YAML alone", async () => {
    const { document } = await openFile("notes/compose.yaml");
    assert.equal(yaml.schemaFor(document.uri.toString()), undefined);
  });

  it("leaves plain syntax errors to it, and reports everything else", async () => {
    const broken = await openFile("config/overlays/dev/kustomization.yaml");
    await replace(broken, "namespace: book-dev", 'namespace: "book-dev');
    const other = await openFile("config/overlays/stage/kustomization.yaml");
    await replace(other, "namespace: book-stage", "namespce: book-stage");
    // The server looks at changes in their order: what it has to say of the first file has been said by now.
    await untilDiagnostic(other.document.uri, "kustomization/unknown-field");
    assert.deepEqual(languages.getDiagnostics(broken.document.uri).map(codeOf), []);
  });
});
