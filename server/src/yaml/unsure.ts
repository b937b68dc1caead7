/**
 * Thrown inside the fast reader when it meets something that it does not surely understand, right or wrong; the document then
 * goes to the full reader. Never leaves `fastRead`.
 */
export class Unsure extends Error {}

/** Leaves the document to the full reader. */
export function giveUp(): never {
  throw new Unsure();
}
