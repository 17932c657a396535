// What Embind offers that bindings.cpp does not use: texts, views of memory and JavaScript values. Embind registers them in
// every module, and their code would be a sixth of the glue.
function nothing() {} // Emscripten copies its text: it cannot read arrow functions

mergeInto(LibraryManager.library, {
    _embind_register_std_string: nothing,
    _embind_register_std_wstring: nothing,
    _embind_register_memory_view: nothing,
    _embind_register_emval: nothing,
});
