// Written by scripts/bundle-openapi.mjs at build time from the YAML files in openapi.
export const openapiText: string;
