// Put before Emscripten's glue: 3.1.6 takes a node that has fetch() for a browser and asks it for a file path.
// biome-ignore lint/correctness/noUnusedVariables: the glue that follows reads it
var Module = { wasmBinary: require('node:fs').readFileSync(__filename.replace(/\.js$/, '.wasm')) };
