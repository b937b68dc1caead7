import type { Feature } from "../analysis/feature";
import { type ManifestTextParameters, manifestTextRequest } from "../protocol/manifestText";
import { writeDocument } from "../yaml/writeDocument";

/** Writes objects as people write manifests: one writer for all that the editor makes. */
export const manifestTextFeature: Feature<ManifestTextParameters, string> = {
  method: manifestTextRequest,
  capabilities: {},
  empty: "",
  handle: ({ object }) => writeDocument(object),
};
