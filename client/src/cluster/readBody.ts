import { type HttpResponse, readPieces, readText } from "../platform/http";
import { ListItems } from "./listItems";

/** The text of an answer; for who takes the items of a list one by one, as JSON while they arrive, what is around them. */
export async function readBody(response: HttpResponse, onItem?: ((text: string) => void) | undefined): Promise<string> {
  if (onItem === undefined) return await readText(response);
  const list = new ListItems(onItem);
  await readPieces(response, (piece) => list.push(piece));
  return list.rest;
}
