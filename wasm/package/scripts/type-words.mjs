const words = {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'true or false',
    array: 'list',
    object: 'object',
    null: 'null',
};

/** The `type` of a JSON schema, one or a list, in plain words; "anything" if it has none. */
export const typeWords = ({ type = [] }) =>
    [type]
        .flat()
        .map((name) => words[name])
        .join(' or ') || 'anything';
