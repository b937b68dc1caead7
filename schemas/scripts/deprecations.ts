import { mapParts, type Schema, type Types } from "./schema";

/** How Go's comments say that a field is deprecated, and the sentence that follows. */
const mark = /(?:^|\n|\. )\s*deprecated(?:[:.]\s*| (?=in favou?r of ))(.+?(?:\.(?=\s|$)|$))/is;

/**
 * The types with `deprecated` at the fields whose description says so: the field that takes the place when the sentence
 * names one beside it, `Use NamespaceSelectors instead.`, else the sentence. That a single value is deprecated does not count.
 */
export function withDeprecations(types: Types): Types {
  return new Map([...types].map(([name, type]) => [name, { ...type, schema: markDeprecated(type.schema) }]));
}

function markDeprecated(schema: Schema): Schema {
  return mapParts(schema, (part, name) => {
    const inner = markDeprecated(part);
    const [text = ""] = part.description?.split("Possible enum values:") ?? [];
    const sentence = part.deprecated ?? mark.exec(text)?.[1];
    if (sentence === undefined || schema.properties?.[name] !== part) return inner;
    return { ...inner, deprecated: siblingNamed(sentence, schema) ?? sentence.replace(/\s+/g, " ") };
  });
}

/** The field beside that a sentence sends to, written as in Go or as in YAML. */
function siblingNamed(sentence: string, { properties = {} }: Schema): string | undefined {
  const word = /\b(?:use|favou?r of) (?:the )?[`'"]?([A-Za-z]\w*)/i.exec(sentence)?.[1];
  if (word === undefined) return undefined;
  return Object.keys(properties).find((name) => name.toLowerCase() === word.toLowerCase());
}
