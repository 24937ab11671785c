#!/usr/bin/env node
// Keeps the house rules of CONTRIBUTING.md that no linter knows: sizes, names, secrets, pins, links.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles, readText, report, rootFrom } from './lib/files.mjs';
import { checkLinks } from './lib/markdown-links.mjs';
import { lineAt, stripSource } from './lib/read-source.mjs';

const lineLimit = 300;
/** File to its length when it was let through. The list may only shrink: a file here may get shorter, never longer, and leaves when it fits. */
const longFiles = {};

const topLevel = new Set([
  ...['.ci', 'certs', 'docs', 'scripts', 'src', 'test'],
  ...['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md'],
  ...['.gitattributes', '.gitignore', '.npmrc', 'biome.json', 'package-lock.json', 'package.json', 'tsconfig.json', 'vitest.config.ts'],
]);

const kebab = /^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
const isScript = (file) => /\.[mc]?[jt]sx?$/.test(file);
const under = (file, ...folders) => folders.some((folder) => file.startsWith(`${folder}/`));
const everyMatch = (text, pattern) => [...text.matchAll(pattern)].map((match) => lineAt(text, match.index));

const checkLength = (file, text) => {
  if (!isScript(file) || !under(file, 'src', 'scripts', 'test') || file.endsWith('/catalogue.ts')) return [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const allowed = longFiles[file];
  if (allowed === undefined) {
    return lines > lineLimit ? [{ line: lineLimit + 1, text: `has ${lines} lines; the limit is ${lineLimit}. Split it.` }] : [];
  }
  if (lines <= lineLimit) return [{ line: 1, text: 'fits now; take it off the list of long files in scripts/check-house.mjs.' }];
  return lines > allowed ? [{ line: allowed + 1, text: `has ${lines} lines, and may only shrink from ${allowed}.` }] : [];
};

const checkName = (file) => {
  if (!under(file, 'src', 'scripts', 'test', 'docs', 'certs')) return [];
  const odd = file.split('/').find((part) => part !== 'README.md' && !kebab.test(part));
  return odd === undefined ? [] : [{ line: 1, text: `${odd} is not in kebab case.` }];
};

const forbiddenTexts = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/g, text: 'a private key; keys are made where they are needed, and never committed.' },
  // The home of the made-up user `me` is the one that tests and examples may name.
  { pattern: /(?<![\w.~%-])\/(?:work|root|home(?!\/me\b))\//g, text: 'an absolute path of one machine.' },
  { pattern: /\.\.\/shared\b/g, text: 'a path out of the repository.' },
];

const checkTexts = (_file, text) =>
  forbiddenTexts.flatMap(({ pattern, text: sentence }) => everyMatch(text, pattern).map((line) => ({ line, text: sentence })));

const checkOnly = (file, text) => {
  if (!under(file, 'test') || !isScript(file)) return [];
  const lines = everyMatch(stripSource(text).code, /\b(?:it|test|describe|suite)(?:\s*\.\s*\w+)*?\s*\.\s*only\b/g);
  return lines.map((line) => ({ line, text: 'a test marked only: every other test of the file is left out.' }));
};

const fileChecks = [checkLength, checkName, checkTexts, checkOnly, checkLinks];

const checkTop = ({ files }) =>
  [...new Set(files.map((file) => file.split('/')[0] ?? ''))]
    .filter((entry) => !topLevel.has(entry))
    .map((entry) => ({ file: entry, line: 1, text: 'is no entry of the top level (the list stands in scripts/check-house.mjs).' }));

const checkPins = ({ root }) => {
  const text = readText(root, 'package.json');
  const json = JSON.parse(text);
  const all = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.entries(json[kind] ?? {}));
  return all
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => {
      const line = lineAt(text, Math.max(0, text.indexOf(`"${name}": "${version}"`)));
      return { file: 'package.json', line, text: `${name} is not pinned to one version (${version}).` };
    });
};

// A script that runs at install runs on every user's machine, and a named address fails where that registry is not reachable.
const checkLock = ({ root }) => {
  const file = 'package-lock.json';
  if (!existsSync(join(root, file))) return [{ file, line: 1, text: 'is missing; npm ci needs it.' }];
  const text = readText(root, file);
  return Object.entries(JSON.parse(text).packages ?? {}).flatMap(([name, entry]) => {
    if (name === '' || entry.link) return [];
    const line = lineAt(text, Math.max(0, text.indexOf(`"${name}": {`)));
    const offences = [];
    if (!entry.version) offences.push(`${name} has no version; npm ci refuses such a lock.`);
    if (entry.resolved) offences.push(`${name} names a download address; every registry must serve (omit-lockfile-registry-resolved).`);
    if (entry.hasInstallScript) offences.push(`${name} runs a script at install.`);
    return offences.map((sentence) => ({ file, line, text: sentence }));
  });
};

const checkChangelog = ({ root }) => {
  const file = 'CHANGELOG.md';
  if (existsSync(join(root, file)) && /^## \[?Unreleased\]?/m.test(readText(root, file))) return [];
  return [{ file, line: 1, text: 'has no section Unreleased.' }];
};

/** Folders named by the block of ARCHITECTURE.md that draws src/: the lines one step in below `src/`. */
const roomsDrawn = (text) => {
  const lines = text.split('\n');
  const top = lines.findIndex((line) => /^\s*src\/(?:\s|$)/.test(line));
  const drawn = [];
  let step;
  for (let at = top + 1; top !== -1 && at < lines.length && !lines[at].startsWith('```'); at++) {
    const match = /^([\s│├└─|`+-]+)([\w.-]+)\/(?:\s|$)/.exec(lines[at]);
    if (/^\S/.test(lines[at]) && !match) break;
    step ??= match?.[1].length;
    if (match && match[1].length === step) drawn.push({ room: match[2], line: at + 1 });
  }
  return { top: top + 1, drawn };
};

const checkRooms = ({ root }) => {
  const file = 'ARCHITECTURE.md';
  if (!existsSync(join(root, file)) || !existsSync(join(root, 'src'))) return [];
  const { top, drawn } = roomsDrawn(readText(root, file));
  if (top === 0) return [{ file, line: 1, text: 'draws no tree of src/ in a fenced block.' }];
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  const named = new Set(drawn.map(({ room }) => room));
  return [
    ...drawn
      .filter(({ room }) => !folders.includes(room))
      .map(({ room, line }) => ({ file, line, text: `names src/${room}, which is not there.` })),
    ...folders.filter((room) => !named.has(room)).map((room) => ({ file, line: top, text: `does not name src/${room}.` })),
  ];
};

const treeChecks = [checkTop, checkPins, checkLock, checkChangelog, checkRooms];

const checkHouse = (root) => {
  const files = projectFiles(root);
  const texts = files.map((file) => ({ file, text: readText(root, file) })).filter(({ text }) => !text.slice(0, 8192).includes('\0'));
  const ofFiles = texts.flatMap(({ file, text }) =>
    fileChecks.flatMap((check) => check(file, text, { root }).map((offence) => ({ file, ...offence }))),
  );
  const gone = Object.keys(longFiles).filter((file) => !files.includes(file));
  return {
    offences: [
      ...ofFiles,
      ...treeChecks.flatMap((check) => check({ root, files })),
      ...gone.map((file) => ({ file, line: 1, text: 'is gone; take it off the list of long files in scripts/check-house.mjs.' })),
    ],
    good: `House: ${files.length} files, ${fileChecks.length + treeChecks.length} rules, no offence.`,
  };
};

const { offences, good } = checkHouse(rootFrom(process.argv));
process.exitCode = report(offences, good);
