import { closeSync, constants, openSync } from "node:fs";

/**
 * Whether somebody reads a named pipe: one that nobody reads cannot be opened for writing. Who reads gets to its end by this question, so a
 * script that is to go on reading says `while cat PIPE; do :; done`.
 */
export function isRead(pipe: string): boolean {
  try {
    closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
    return true;
  } catch {
    return false;
  }
}
