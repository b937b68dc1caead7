import type { Feature } from "../analysis/feature";
import { applicationsHere, applicationsOf, toEntry } from "../analysis/liveApplications";
import {
  type LiveApplicationEntry,
  type LiveApplicationsParameters,
  liveApplicationsRequest,
} from "../protocol/liveApplications";

/** Which Applications of open contexts a file defines or is deployed by. */
export const liveApplicationsFeature: Feature<LiveApplicationsParameters, readonly LiveApplicationEntry[]> = {
  method: liveApplicationsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  handle({ uri }, { snapshot, observations, fromUri }) {
    const document = fromUri(uri);
    if (document === undefined) return [];
    const path = document.kind === "source" ? document.path : document.root;
    const found = applicationsOf(path, snapshot, applicationsHere(snapshot, observations));
    return found.map((each) => toEntry(each, observations));
  },
};
