import { figure, median, medianRatio, megabytes, table } from './table.mjs';

/** What a debugging proxy may cost at most, each against the bare TLS relay of the same round. */
const ratioMarks = [
  { text: 'CPU, 64 connections of 125 B', scenario: 'stream-125', of: 'cpu', limit: 1.5 },
  { text: 'CPU, messages of 64 KiB', scenario: 'stream-64k', of: 'cpu', limit: 1.4 },
  { text: 'round trip p50, 1 connection', scenario: 'trip-1', of: 'p50', limit: 1.2 },
  { text: 'round trip p50, 16 connections', scenario: 'trip-16', of: 'p50', limit: 1.2 },
];
/** What recording adds to the CPU of shakedown, as a share of that of the bare TLS relay of the same round. */
const recordingMarks = [
  { text: 'recording adds CPU, 125 B in batches', scenario: 'stream-125', limit: 0.25 },
  { text: 'recording adds CPU, messages of 64 KiB', scenario: 'stream-64k', limit: 0.15 },
];
/** What a connection without faults may lose, where another one has a fault on its frames: of the same without, in the same round. */
const besideMarks = [
  { text: 'CPU, 125 B, beside a fault on another connection', scenario: 'stream-125', of: 'cpu', limit: 1.1 },
  { text: 'messages a second of 64 KiB, beside one', scenario: 'stream-64k', of: 'rate', least: 0.9 },
];
/** Of a recording of a million messages. */
const readingMarks = [
  { text: 'a recording opens to its first screen', of: 'firstRowMs', limit: 3000, unit: ' ms' },
  { text: 'any of its messages', of: 'lookMost', limit: 20, unit: ' ms' },
  { text: 'a search', of: 'searchRate', least: 200, unit: ' MB/s' },
  { text: 'memory of who reads it', of: 'memory', limit: 150e6, unit: ' MB' },
];
const stallLimit = 8e6;
/** Flat: the last quarter of a long run holds no more than this share above its second quarter (the first one warms up). */
const flatShare = 0.1;

const select = (streams, scenario, subject, scheme) =>
  streams
    .filter((one) => one.scenario === scenario && one.subject === subject && one.scheme === scheme)
    .sort((one, other) => one.round - other.round);

const besideRatio = (streams, { scenario, of }) => {
  const [beside, alone] = ['shakedown beside a fault', 'shakedown'].map((subject) =>
    select(streams, scenario, subject, 'wss').map((one) => one[of]),
  );
  return medianRatio(beside, alone);
};

const ratioOf = (streams, { scenario, subject, scheme, of }) => {
  const bare = scheme === 'ws' ? 'bare relay' : 'bare TLS relay';
  const ours = select(streams, scenario, subject, scheme).map((one) => one[of]);
  const theirs = select(streams, scenario, bare, scheme).map((one) => one[of]);
  return medianRatio(ours, theirs);
};

/** (with a file - without one) / bare, median over the rounds. */
const recordingShare = (streams, scenario) => {
  const [written, unwritten, bare] = ['shakedown', 'shakedown --no-record', 'bare TLS relay'].map((subject) =>
    select(streams, scenario, subject, 'wss').map((one) => one.cpu),
  );
  return median(
    written.map((cpu, round) => (cpu === null || !unwritten[round] || !bare[round] ? null : (cpu - unwritten[round]) / bare[round])),
  );
};

const quarter = (memory, nth) => median(memory.slice(Math.floor((memory.length * nth) / 4), Math.ceil((memory.length * (nth + 1)) / 4)));
const growthShare = (memory) => (memory.length < 8 ? null : quarter(memory, 3) / quarter(memory, 1) - 1);

/** The tables: medians over the rounds; ratios against the bare relay of the same scheme. */
export const summarise = ({ scenarios, subjects, streams, memory, reading }) => {
  const head = ['scenario', 'way', 'CPU s/M', 'ratio', 'msgs/s', 'p50 us', 'ratio', 'MB', 'lost', 'changed'];
  const rows = scenarios.flatMap(({ id, title }) =>
    subjects.map(({ name, scheme }) => {
      const all = select(streams, id, name, scheme);
      const of = (key) => all.map((one) => one[key]);
      const sum = (key) => String(of(key).reduce((total, value) => total + value, 0));
      return [
        title,
        `${name} (${scheme})`,
        figure(median(of('cpu')), 2),
        figure(ratioOf(streams, { scenario: id, subject: name, scheme, of: 'cpu' }), 2),
        figure(median(of('rate')), 0),
        figure(median(of('p50')), 0),
        figure(ratioOf(streams, { scenario: id, subject: name, scheme, of: 'p50' }), 2),
        figure(megabytes(median(all.map((one) => one.memory.at(-1) ?? null))), 0),
        sum('lost'),
        sum('changed'),
      ];
    }),
  );
  const memoryHead = ['memory (wss)', 'messages', 'MB, 2nd quarter', 'MB, last quarter', 'MB, most', 'MB, stalled reader'];
  const memoryRows = memory.map((one) => [
    one.subject,
    String(one.messages),
    figure(megabytes(quarter(one.memory, 1)), 1),
    figure(megabytes(quarter(one.memory, 3)), 1),
    figure(megabytes(one.memory.length === 0 ? null : Math.max(...one.memory)), 1),
    figure(megabytes(one.growth), 1, ' more'),
  ]);
  const readingHead = ['reading', 'messages', 'MB', 'first row ms', 'all ms', 'message p50 ms', 'most ms', 'search MB/s', 'MB resident'];
  const readingRows = reading.map((one) => [
    `${one.together} a chunk`,
    String(one.messages),
    figure(megabytes(one.bytes), 0),
    figure(one.firstRowMs, 0),
    figure(one.indexMs, 0),
    figure(one.lookP50, 1),
    figure(one.lookMost, 1),
    figure(one.searchRate, 0),
    figure(megabytes(one.memory), 0),
  ]);
  return [...table(head, rows), '', ...table(memoryHead, memoryRows), '', ...table(readingHead, readingRows)];
};

const line = (text, value, met) => `${met === null ? 'not measured' : met ? 'met         ' : 'NOT MET     '}  ${text}${value}`;

/** The marks with what was reached. The bare relays are judged for loss and change only. */
export const judge = ({ streams, memory, reading }) => {
  const ratios = ratioMarks.map(({ text, limit, ...mark }) => {
    const ratio = ratioOf(streams, { ...mark, subject: 'shakedown', scheme: 'wss' });
    return line(`${text}: at most ${limit} of the bare TLS relay`, `; ${figure(ratio, 2)}`, ratio === null ? null : ratio <= limit);
  });
  const besides = besideMarks.map(({ text, limit, least, ...mark }) => {
    const ratio = besideRatio(streams, mark);
    const bound = limit === undefined ? `at least ${least}` : `at most ${limit}`;
    const met = ratio === null ? null : limit === undefined ? ratio >= least : ratio <= limit;
    return line(`${text}: ${bound} of the same without`, `; ${figure(ratio, 2)}`, met);
  });
  const recording = recordingMarks.map(({ text, scenario, limit }) => {
    const share = recordingShare(streams, scenario);
    const shown = figure(share === null ? null : share * 100, 0, ' %');
    return line(`${text}: at most ${limit * 100} % of the bare TLS relay's`, `; ${shown}`, share === null ? null : share <= limit);
  });
  const read = reading.flatMap((one) =>
    readingMarks.map(({ text, of, limit, least, unit }) => {
      const value = one[of];
      const shown = unit === ' MB' ? [megabytes(value), megabytes(limit)] : [value, limit ?? least];
      const bound = limit === undefined ? `at least ${shown[1]}` : `at most ${shown[1]}`;
      const met = limit === undefined ? value >= least : value <= limit;
      return line(`${text} (${one.messages} messages, ${one.together} a chunk): ${bound}${unit}`, `; ${figure(shown[0], 1)}`, met);
    }),
  );
  const ours = memory.find((one) => one.subject === 'shakedown');
  const share = ours === undefined ? null : growthShare(ours.memory);
  const growth = ours?.growth ?? null;
  const wrong = [...streams, ...memory].reduce((total, one) => total + one.lost + one.changed, 0);
  return [
    'Marks',
    ...ratios,
    ...besides,
    ...recording,
    ...read,
    line(
      `memory is flat over ${ours?.messages ?? 'many'} recorded messages`,
      `; ${figure(share === null ? null : share * 100, 1, ' % more')}`,
      share === null ? null : share <= flatShare,
    ),
    line(
      'a reader that stalls for 5 s costs under 8 MB',
      `; ${figure(megabytes(growth), 1, ' MB')}`,
      growth === null ? null : growth < stallLimit,
    ),
    line('no message is lost or changed, by anyone', `; ${wrong}`, wrong === 0),
  ];
};
