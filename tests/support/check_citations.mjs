// What is cited exists. Run by: node --test tests/support/check_citations.mjs
//
// docs/mage describes Mage's server. The whole tree cites it in one form, without a folder:
//   http-api.md 8.6         section 8.6 of docs/mage/http-api.md; more sections may follow: http-api.md 6.2, 14.3
//   lifecycle.md B3         a labelled row of docs/mage/lifecycle.md (**B3**); also lifecycle.md 2.1 B3
//   Q30                     a row of docs/quirks.md
// Tests name the rows of docs/mage/real-projects.md as tags: [L1].
// A C++ test has its citations as tags, each of one: TEST_CASE("a trigger ...", "[http-api 8.6][lifecycle B3][Q30]").
// Its other tags are [row 88]: the rows of docs/lifecycle-tests.md.
// A page of docs/mage cites its own sections and rows without its name: (2.5), (C3).
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const self = fileURLToPath(import.meta.url);
const ignored = new Set(['node_modules', 'build', 'dist', '.git']);

function filesUnder(folder) {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return ignored.has(entry.name) ? [] : filesUnder(path);
        return entry.isFile() ? [path] : [];
    });
}

const files = filesUnder(top);
const documentNames = new Set(files.map((path) => basename(path)).filter((name) => name.endsWith('.md')));
const isPage = (path) => relative(top, path).startsWith('docs/mage/');

const firstGroups = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

// The sections and labels of a page, with repetitions.
function targetsOf(markdown) {
    return [
        ...firstGroups(markdown, /^#{2,3} (\d+(?:\.\d+)?) /gm),
        ...firstGroups(markdown, /^\| \*\*([A-D]\d*)\*\* \|/gm),
        ...firstGroups(markdown, /^\| ([RLA]\d{1,2}) \|/gm),
    ];
}

const pages = new Map(
    files.filter(isPage).map((path) => [basename(path), new Set(targetsOf(readFileSync(path, 'utf8')))]),
);
const projectRows = pages.get('real-projects.md');
const quirks = new Set(firstGroups(readFileSync(join(top, 'docs', 'quirks.md'), 'utf8'), /^\| (Q\d+) \|/gm));

const blank = (text) => text.replace(/\S/g, '\0');

// The comments and test names of a source file; of everything else only the white space. Keeps every character in its place.
function proseOf(code) {
    const pieces = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"(\w*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
    let prose = '';
    let end = 0;
    for (const { 0: piece, index } of code.matchAll(pieces)) {
        const between = code.slice(end, index);
        // A name that is too long for a line is several literals, one behind the other.
        const continued = /^\s*$/.test(between) && /["']$/.test(prose);
        const named = continued || /\b(?:TEST_CASE|test|it|describe)\(\s*$/.test(between);
        const kept = piece.startsWith('/') || named;
        prose += (continued && kept ? between.replace(/\n/g, ' ') : blank(between)) + (kept ? piece : blank(piece));
        end = index + piece.length;
    }
    return prose + blank(code.slice(end));
}

// The prose of a file, with the lines of a comment, name or paragraph joined. Offsets are those of the file.
function joinedProseOf(path, text) {
    if (/\.(?:md|yaml)$/.test(path)) return text.replace(/\n(?=[ \t]*\S)/g, ' ');
    const mark = /\/\/|\*(?!\/)/;
    const lines = proseOf(text)
        .replace(/" +"/g, (quotes) => ' '.repeat(quotes.length))
        .split('\n');
    const continues = (i) =>
        /^[ \t]*(?:\/\/|\*(?!\/))/.test(lines[i]) && lines[i].search(mark) === lines[i - 1].search(mark);
    return lines.reduce(
        (all, line, i) => all + (continues(i) ? ` ${line.replace(mark, (m) => ' '.repeat(m.length))}` : `\n${line}`),
    );
}

const reference = String.raw`(?:\d{1,2}(?:\.\d{1,2})?|[A-C]\d{1,2}|D|Q\d{1,2})(?![\w.]*\w)`;
const separator = String.raw`(?:, +| +and +| +to +| *- *| +(?=[A-C]\d))`;
const citation = new RegExp(
    String.raw`(mage\/)?\b([\w-]+\.md)\b(?: +(${reference}(?:${separator}${reference})*))?`,
    'g',
);
const referencesIn = (list) => list.match(new RegExp(reference, 'g'));

const existsSomewhere = (target) => [...pages.values()].some((targets) => targets.has(target));

// Sections and rows that are cited without their document, as far as a pattern can tell.
const barePatterns = [
    /\((\d{1,2}\.[1-9]\d?(?:(?:, | and | to )\d{1,2}\.[1-9]\d?)*)(?=\)|[,;:] | and | to )/g,
    /(?:^|\/\/|\*) *(\d{1,2}\.[1-9]\d?)(?=[:,] | *$)/gm,
    /\b(?:[Ll]ikewise of|[Ss]ee|[Ss]ections?) (\d{1,2}\.[1-9]\d?)\b/g,
    /\b([A-C]\d{1,2})\b/g,
];

const taggedTest = /\bTEST_CASE\((?:\s*"(?:\\.|[^"\\\n])*")+,\s*"((?:\[[^\]"]*\])+)"/g;

// What is wrong with the citations of a file: { kind, at, what } each.
function faultsOf(path, text) {
    const prose = joinedProseOf(path, text);
    const faults = [];
    const add = (kind, at, what) => faults.push({ kind, at, what });
    const own = isPage(path) ? pages.get(basename(path)) : undefined;

    const rest = prose.replace(citation, (whole, folder, document, list, at) => {
        const targets = pages.get(document);
        if (!documentNames.has(document)) add('document', at, `there is no ${document}`);
        if (folder && list) add('form', at, `${whole}: cited without a folder`);
        for (const target of list ? referencesIn(list) : []) {
            const isQuirk = target.startsWith('Q');
            if (isQuirk && list.startsWith(target))
                add('form', at, `${document} has no ${target}: quirks are cited by their number alone`);
            if (!isQuirk && targets && !targets.has(target)) add('target', at, `${document} has no ${target}`);
        }
        return list ? blank(whole) : whole;
    });

    for (const { 1: tags, index } of text.matchAll(taggedTest)) {
        for (const [, tag] of tags.matchAll(/\[([^\]]*)\]/g)) {
            const [, page, target] = /^([\w-]+) (\S+)$/.exec(tag) ?? [];
            if (quirks.has(tag) || projectRows.has(tag) || (page === 'row' && /^\d{1,3}$/.test(target))) continue;
            if (/^Q\d+$/.test(tag)) add('quirk', index, `there is no ${tag}`);
            else if (!pages.has(`${page}.md`)) add('form', index, `[${tag}] is no citation and no row`);
            else if (!pages.get(`${page}.md`).has(target)) add('target', index, `${page}.md has no ${target}`);
        }
    }
    for (const { 1: quirk, index } of prose.matchAll(/\b(Q\d{1,2})\b/g))
        if (!quirks.has(quirk)) add('quirk', index, `there is no ${quirk}`);
    for (const pattern of barePatterns) {
        for (const { 1: list, index } of rest.matchAll(pattern)) {
            for (const target of referencesIn(list)) {
                if (own && !own.has(target)) add('target', index, `there is no ${target} on this page`);
                if (!own && existsSomewhere(target)) add('bare', index, `${target} of which document?`);
            }
        }
    }
    return faults;
}

const cited = files.filter(
    (path) =>
        path !== self &&
        /^(?:core|wasm|web|tests|docs)$|\.md$/.test(relative(top, path).split('/')[0]) &&
        ['.cpp', '.hpp', '.ts', '.tsx', '.js', '.mjs', '.md', '.yaml'].includes(extname(path)),
);

const found = cited.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return faultsOf(path, text).map(({ kind, at, what }) => {
        const line = text.slice(0, at).split('\n').length;
        return { kind, fault: `${relative(top, path)}:${line}: ${what}` };
    });
});

const rules = {
    target: 'every section and labelled row that is cited exists in its page of docs/mage',
    quirk: 'every quirk that is cited exists in docs/quirks.md',
    bare: 'a section or labelled row is cited with its document',
    form: 'citations have the one form: http-api.md 8.6, lifecycle.md B3, Q30',
    document: 'every document that is named exists',
};
for (const [kind, rule] of Object.entries(rules)) {
    test(rule, () => {
        assert.deepEqual(
            found.filter((one) => one.kind === kind).map(({ fault }) => fault),
            [],
        );
    });
}

test('each page of docs/mage has each section and label once', () => {
    for (const path of files.filter(isPage)) {
        const targets = targetsOf(readFileSync(path, 'utf8'));
        assert.ok(targets.length > 0, `${path} has no section`);
        assert.deepEqual(
            targets.filter((target, i) => targets.indexOf(target) !== i),
            [],
            path,
        );
    }
});

test('the rules find what they forbid', () => {
    const cases = [
        ['// (http-api.md 8.6, 14.3, Q12)', []],
        ['// lifecycle.md 2.1 B2-B6, 2.7 - 2.9 and 3.7: jobs (lifecycle.md C5)', []],
        ['// How lists are paged (http-api.md\n// 2.3).', []],
        ['TEST_CASE("a trigger (http-api.md 8.6, "\n    "8.4)") {', []],
        ['TEST_CASE("a trigger", "[http-api 8.6][lifecycle B3][Q12][row 88]") {', []],
        ['TEST_CASE("a trigger "\n    "answers", "[http-api 8.9][Q99]") {', ['target', 'quirk']],
        ['TEST_CASE("a trigger", "[slow][http 8.6]") {', ['form', 'form']],
        ['TEST_CASE("a replica", "[L1][L99]") {', ['form']],
        ['f(8.6, "http-api.md 99"); // costs 2.5 s, since 3.1.6', []],
        ['// http-api.md 6.9', ['target']],
        ['// http-api.md 6.2, 99', ['target']],
        ['// How lists are paged (http-api.md\n// 2.9).', ['target']],
        ['TEST_CASE("a trigger (http-api.md 8.6, "\n    "8.9)") {', ['target']],
        ['// lifecycle.md B99', ['target']],
        ['// Q99', ['quirk']],
        ['// http-api.md Q12', ['form']],
        ['// docs/mage/http-api.md 8.6', ['form']],
        ['// As the real server does it (6.3).', ['bare']],
        ['// 8.1: the dates', ['bare']],
        ['// Likewise of 3.4.', ['bare']],
        ['int a();  // 8.6: both\nint b();  // 8.7\nint c();  // 5.7, too', ['bare', 'bare', 'bare']],
        ['// B3. No status matters.', ['bare']],
        ['// specification.md 3', ['document']],
    ];
    for (const [code, kinds] of cases) {
        assert.deepEqual(
            faultsOf(join(top, 'core', 'x.cpp'), `${code}\n`).map(({ kind }) => kind),
            kinds,
            code,
        );
    }
    const page = join(top, 'docs', 'mage', 'lifecycle.md');
    assert.deepEqual(
        faultsOf(page, 'A step (1.4) of C3, not (1.4, 1.99) or C99').map(({ what }) => what),
        ['there is no 1.99 on this page', 'there is no C99 on this page'],
    );
});
