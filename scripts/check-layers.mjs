#!/usr/bin/env node
// Keeps the floors of ARCHITECTURE.md: who may import whom, which package and which part of Node belongs to which room.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { projectFiles, readText, report, rootFrom } from './lib/files.mjs';
import { importsOf, lineAt, stripSource } from './lib/read-source.mjs';

/** Lowest first. A file imports from its own room or a lower floor; rooms that share a floor are blind to each other. */
const floors = [
  ['model'],
  ['wire'],
  ['fold'],
  ['filter'],
  ['faults', 'diagnosis', 'explain', 'authority', 'recording', 'ledger', 'redaction', 'comparison'],
  ['formats'],
  ['proxy'],
  ['replay', 'launch'],
  ['probe'],
  ['control'],
  ['views'],
  ['cli'],
  ['index.ts'],
];

/** Rooms without clock, chance, environment, disk or network. */
const pureRooms = ['model', 'wire', 'fold', 'filter', 'faults', 'diagnosis', 'explain', 'redaction', 'comparison'];

/** Each third-party package and the folders of src that may import it. */
const packages = {
  'http-proxy': ['proxy'],
  ink: ['views/tui'],
  'node-forge': ['authority'],
  react: ['views/tui'],
  ws: ['probe', 'replay', 'launch'],
  yaml: ['faults'],
  yargs: ['cli'],
};

/** Only the river moves bytes. */
const networkModules = ['net', 'tls', 'http', 'https', 'http2', 'dgram'];
const networkRoom = 'proxy';
/** Judge texts and open nothing: any room that is not pure may import them by name. */
const harmlessNames = new Set(['isIP', 'isIPv4', 'isIPv6', 'BlockList']);
const networkExceptions = [
  { room: 'authority', modules: ['tls'], why: 'createSecureContext makes the context that a leaf is served from' },
  { room: 'probe', modules: ['net', 'tls', 'http', 'https', 'http2'], why: 'doctor is a client of its own' },
  { room: 'replay', modules: ['net', 'tls', 'http', 'https', 'http2'], why: 'the scripted client and server are peers' },
  { room: 'launch', modules: ['net', 'tls', 'http', 'https'], why: 'the preload runs inside the launched client' },
  { room: 'control', modules: ['net', 'tls', 'http', 'https'], why: 'the control API is a server and has a client' },
];

const impureModules = [
  ...[...networkModules, 'dns', 'fs', 'child_process', 'worker_threads', 'cluster', 'os', 'process'],
  ...['perf_hooks', 'timers', 'readline', 'repl', 'tty', 'inspector'],
];
const globalPrefix = String.raw`(?<![.\w$])(?:globalThis\s*\.\s*)?`;
const use = (pattern, name) => ({ pattern: new RegExp(globalPrefix + pattern, 'g'), name });
const impureUses = [
  use(String.raw`Date\s*\.\s*now\b`, 'Date.now'),
  use(String.raw`new\s+Date\s*(?:\(\s*\)|(?![\w\s(.]))`, 'new Date()'),
  use(String.raw`(?<!new\s+)Date\s*\(\s*\)`, 'Date()'),
  use(String.raw`performance\s*\.`, 'performance'),
  use(String.raw`Math\s*\.\s*random\b`, 'Math.random'),
  use(String.raw`process\s*\.`, 'process'),
  use(String.raw`(?:setTimeout|setInterval|setImmediate)\b`, 'a timer'),
  use(String.raw`fetch\s*\(`, 'fetch'),
  use(String.raw`crypto\s*\.\s*(?:random\w+|getRandomValues)`, 'random numbers of crypto'),
];
const randomNames = /\b(?:random\w+|getRandomValues|webcrypto|generateKey\w*)\b/;

const floorOf = new Map(floors.flatMap((rooms, level) => rooms.map((room) => [room, level])));
const roomOf = (file) => file.split('/')[1] ?? '';
const plainName = (path) => path.replace(/^node:/, '').split('/')[0] ?? '';
const packageName = (path) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** The source file that a relative import means: `./x.js` is written for x.ts or x.tsx. */
const resolveFile = (from, path, known) => {
  const plain = posix.join(posix.dirname(from), path);
  const stem = plain.replace(/\.[mc]?jsx?$/, '');
  const ending = /\.([mc]?)jsx?$/.exec(plain)?.[1] ?? '';
  return [plain, `${stem}.${ending}ts`, `${stem}.tsx`, `${plain}/index.ts`].find((candidate) => known.has(candidate));
};

const judgeRelative = (file, { kind, path }, { known, edge }) => {
  const target = resolveFile(file, path, known);
  if (target === undefined) {
    const inside = posix.join(posix.dirname(file), path).startsWith('src/');
    if (kind === 'worker') return inside && /\.[mc]?js$/.test(path) ? `names ${path}, which is no file of src.` : undefined;
    return `imports ${path}, which is no file of src.`;
  }
  if (kind !== 'worker' || target !== file) edge(target);
  const [here, there] = [roomOf(file), roomOf(target)];
  const [above, below] = [floorOf.get(here), floorOf.get(there)];
  if (above === undefined || below === undefined || here === there || below < above) return undefined;
  if (below === above) return `${here} and ${there} share a floor and are blind to each other; it imports ${target}.`;
  return `${here} stands below ${there} and may not import from it; it imports ${target}.`;
};

/** `import { a, type b as c }` names a and b; a default or namespace import names nothing. */
const namesOf = (clause) => {
  const list = /^import\s+(?:type\s+)?\{([^}]*)\}\s*$/.exec(clause)?.[1] ?? '';
  return list.split(',').flatMap((part) => /^\s*(?:type\s+)?(\w+)/.exec(part)?.[1] ?? []);
};

const judgeBuiltin = (file, { path, clause }) => {
  const room = roomOf(file);
  const name = plainName(path);
  if (pureRooms.includes(room)) {
    if (impureModules.includes(name)) return `${room} is a pure room and may not import ${path}.`;
    if (name === 'crypto' && randomNames.test(clause)) return `${room} is a pure room and may not take random numbers from ${path}.`;
  }
  if (!networkModules.includes(name) || room === networkRoom) return undefined;
  if (namesOf(clause).length > 0 && namesOf(clause).every((imported) => harmlessNames.has(imported))) return undefined;
  if (networkExceptions.some((entry) => entry.room === room && entry.modules.includes(name))) return undefined;
  return `only ${networkRoom} may import ${path} (the exceptions stand in scripts/check-layers.mjs).`;
};

const judgePackage = (file, { path }) => {
  const name = packageName(path);
  const rooms = Object.hasOwn(packages, name) ? packages[name] : undefined;
  if (rooms === undefined) return `imports ${name}, which the table of packages in scripts/check-layers.mjs does not know.`;
  return rooms.some((room) => file.startsWith(`src/${room}/`)) ? undefined : `${name} belongs to ${rooms.join(', ')} only.`;
};

const judgeImport = (file, entry, graph) => {
  if (entry.kind === 'computed') return 'import() of a computed path; write the path out, so that the floors can be checked.';
  if (entry.path.startsWith('.')) return judgeRelative(file, entry, graph);
  if (entry.kind === 'worker') return undefined;
  return isBuiltin(entry.path) ? judgeBuiltin(file, entry) : judgePackage(file, entry);
};

/** One offence a cycle: depth first, a cycle is told at the import that closes it. */
const findCycles = (edges) => {
  const offences = [];
  const state = new Map();
  const visit = (file, way) => {
    state.set(file, 'open');
    for (const { to, line } of edges.get(file) ?? []) {
      if (state.get(to) === 'open') {
        const cycle = [...way.slice(way.indexOf(to)), to].map((path) => path.slice('src/'.length));
        offences.push({ file, line, text: `import cycle: ${cycle.join(' > ')}.` });
      } else if (!state.has(to)) visit(to, [...way, to]);
    }
    state.set(file, 'done');
  };
  for (const file of edges.keys()) if (!state.has(file)) visit(file, [file]);
  return offences;
};

const checkLayers = (root) => {
  const files = projectFiles(root).filter((path) => /^src\/.*\.[mc]?tsx?$/.test(path));
  const known = new Set(files);
  const edges = new Map();
  const offences = [];
  let imports = 0;
  for (const file of files) {
    const room = roomOf(file);
    if (!floorOf.has(room)) offences.push({ file, line: 1, text: `src/${room} is no room of the table in scripts/check-layers.mjs.` });
    const text = readText(root, file);
    const source = stripSource(text);
    const here = [];
    edges.set(file, here);
    for (const entry of importsOf(source)) {
      const line = lineAt(text, entry.offset);
      imports++;
      const offence = judgeImport(file, entry, { known, edge: (to) => here.push({ to, line }) });
      if (offence !== undefined) offences.push({ file, line, text: offence });
    }
    if (!pureRooms.includes(room)) continue;
    for (const { pattern, name } of impureUses) {
      for (const match of source.code.matchAll(pattern)) {
        offences.push({ file, line: lineAt(text, match.index), text: `${room} is a pure room and may not use ${name}; it is passed in.` });
      }
    }
  }
  offences.push(...findCycles(edges));
  return { offences, good: `Layers: ${files.length} files, ${imports} imports, no offence.` };
};

const { offences, good } = checkLayers(rootFrom(process.argv));
process.exitCode = report(offences, good);
