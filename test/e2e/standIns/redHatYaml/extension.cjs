"use strict";
// A stand-in, since the real extension is in no package registry. It keeps what is registered, and hands it to the tests.

exports.activate = () => {
  const contributors = new Map();
  return {
    registerContributor(schema, requestSchema, requestSchemaContent) {
      if (contributors.has(schema)) return false;
      contributors.set(schema, { requestSchema, requestSchemaContent });
      return true;
    },
    // What the real extension asks on behalf of its server, for a document and for the schema it got.
    schemaFor(resource) {
      return [...contributors.values()].map(({ requestSchema }) => requestSchema(resource)).find(Boolean);
    },
    contentOf(uri) {
      return contributors.get(uri.slice(0, uri.indexOf(":")))?.requestSchemaContent(uri);
    },
  };
};
