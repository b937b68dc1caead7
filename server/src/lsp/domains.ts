import type { Domain } from "../analysis/domain";

/** Every domain, for the editor and the command line alike. To add one, write its folder in `domains/` and add one line here. */
export const domains: readonly Domain[] = [];
